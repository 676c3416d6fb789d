using System.CommandLine;
using Infra.Operations.Access;
using Infra.Operations.Alarms;
using Infra.Operations.Checks;
using Infra.Operations.Costs;
using Infra.Operations.Databases;
using Infra.Operations.Delivery;
using Infra.Operations.Deployment;
using Infra.Operations.Doctor;
using Infra.Operations.Drills;
using Infra.Operations.Drift;
using Infra.Operations.GitHub;
using Infra.Operations.Images;
using Infra.Operations.Insight;
using Infra.Operations.Inventory;
using Infra.Operations.Layers;
using Infra.Operations.LocalAws;
using Infra.Operations.Releases;
using Infra.Operations.Scheduling;
using Infra.Operations.Secrets;
using Infra.Operations.Sites;
using Infra.Operations.Smoke;
using Infra.Operations.Targets;
using Infra.Operations.Testing;
using Infra.Operations.Trial;
using Infra.Operations.Verbs;
using Infra.Operations.Verification;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary>All verbs of the launcher, in the order of the help.</summary>
internal static class RegisteredVerbs
{
    /// <summary>The root command, whose verbs run in the context.</summary>
    public static RootCommand Root(RunContext context)
    {
        RootCommand root = Root();
        foreach (Verb verb in root.Subcommands.SelectMany(each => each.Subcommands.Prepend(each)).OfType<Verb>())
            verb.SetContext(context);
        return root;
    }

    /// <summary>The root command, to be read.</summary>
    public static RootCommand Root()
    {
        VerbSection[] sections =
        [
            new("Deploy",
            [
                new SetupVerb(),
                new BootstrapVerb(),
                new DomainVerb(),
                new PlanVerb(),
                new DeployVerb(),
                new DeliverVerb(),
                new DestroyVerb(),
            ]),
            new("Check before a deployment",
            [
                new SynthVerb(),
                new ValidateVerb(),
                new CheckVerb(),
                new CostVerb(),
                new MapVerb(),
                new GraphVerb(),
                new ReportVerb(),
                new AccessVerb(),
                new TargetsVerb(),
            ]),
            new("Release applications",
            [
                new ReleaseVerb(),
                new PromoteVerb(),
                new RollbackVerb(),
                new MigrateVerb(),
                new VerbGroup(
                    "site",
                    "Upload static sites, invalidate the cache, check what is served",
                    "./infra site deploy app dist --env dev")
                {
                    new SiteDeployVerb(),
                },
                new VerbGroup(
                    "layer",
                    "Build, publish, roll back and list Lambda layers",
                    "./infra layer deploy --env dev --profile github-deploy da_flask",
                    "./infra layer pack layers/flask build/flask.zip",
                    "./infra layer publish flask-layer build/flask.zip --env sandbox",
                    "./infra layer rollback flask-layer --env prod")
                {
                    new LayerDeployVerb(), new LayerPackVerb(), new LayerPublishVerb(), new LayerRollbackVerb(), new LayerListVerb(),
                },
                new VerbGroup(
                    "images",
                    "Export the released images to a bucket, import them again after a loss or in another account; try releases locally",
                    "./infra images export --env prod",
                    "./infra images import --env prod",
                    "./infra images push backend v1 --env local")
                {
                    new ImagesExportVerb(), new ImagesImportVerb(), new ImagesPushVerb(),
                },
            ]),
            new("Operate",
            [
                new StatusVerb(),
                new OutputsVerb(),
                new SmokeVerb(),
                new VerifyVerb(),
                new DoctorVerb { new DoctorGitHubVerb() },
                new DriftVerb(),
                new WakeVerb(),
                new SleepVerb(),
                new ScheduleVerb(),
                new VerbGroup(
                    "alarms",
                    "List the environment's alarms; raise one and check that its notification is sent",
                    "./infra alarms list --env prod",
                    "./infra alarms test --env dev")
                {
                    new AlarmsListVerb(), new AlarmsTestVerb(),
                },
                new VerbGroup(
                    "secrets",
                    "List, check, set and rotate secrets",
                    "./infra secrets list --env prod",
                    "./infra secrets set --env prod")
                {
                    new SecretsListVerb(), new SecretsCheckVerb(), new SecretsSetVerb(), new SecretsRotateVerb(), new SecretsRollbackVerb(),
                },
                new VerbGroup(
                    "database",
                    "Take snapshots; restore a database from one or to a point in time, and import it into Terraform's state",
                    "./infra database backups --env dev",
                    "./infra database restore --env dev --latest")
                {
                    new DatabaseBackupsVerb(), new DatabaseSnapshotVerb(), new DatabaseRestoreVerb(), new DatabaseDeletePreviousVerb(),
                },
                new VerbGroup(
                    "state",
                    "List and restore earlier versions of Terraform's state, if the newest is lost or wrong; save one that an apply could not save",
                    "./infra state list base --env dev",
                    "./infra state restore base VERSION --env dev",
                    "./infra state push base --env dev")
                {
                    new StateListVerb(), new StateRestoreVerb(), new StatePushVerb(),
                },
                new InventoryVerb(),
                new VerbGroup(
                    "drill",
                    "Cause failures in an environment, and measure what users see",
                    "./infra drill failover backend --env dev")
                {
                    new FailoverVerb(),
                },
            ]),
            new("GitHub",
            [
                new EnvironmentsVerb(),
                new VerbGroup(
                    "github",
                    "Post comments and issues, configure protection",
                    "./infra github comment --help",
                    "./infra github issue --help",
                    "./infra github protect --help")
                {
                    new GitHubCommentVerb(), new GitHubDispatchVerb(), new GitHubIssueVerb(), new GitHubProtectVerb(),
                },
            ]),
            new("Develop and test",
            [
                new VerbGroup(
                    "emulator",
                    "Start, stop, show and use the local AWS emulator: moto on the loopback interface, data in memory",
                    "./infra emulator start",
                    "./infra emulator status",
                    "./infra emulator env --env local",
                    "./infra emulator stop")
                {
                    new EmulatorStartVerb(), new EmulatorStopVerb(), new EmulatorStatusVerb(), new EmulatorEnvVerb(),
                },
                new TestVerb(),
                new TrialVerb(),
                new CompletionVerb(),
            ]),
        ];
        var root = new SectionedCommand(
            "Deploy base and runtime of an environment file to AWS, or to a local AWS emulator with --env local.", sections);
        foreach (Option option in SharedOptions.All)
            root.Options.Add(option);
        return root;
    }
}
