using Constructs;
using Infra.Configuration;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Pipelines;
using Infra.Contracts;

namespace Infra.Stacks;

/// <summary>
/// The pipeline that deploys commits to environments of other accounts. It may assume only the roles that the bootstrap stacks of those
/// environments create for it; each of its builds only some of them.
/// </summary>
internal sealed class PipelineStack : AwsStack
{
    public const string Id = StackNames.Pipeline;

    private const string CheckBuild = "check";

    private readonly PipelineConfig _config;
    private readonly DeploymentContext _encrypted;
    private readonly ArtifactBucket _artifacts;
    private readonly IReadOnlyList<PipelineTarget> _targets;
    private readonly int _retention;

    public PipelineStack(Construct scope, Deployment deployment)
        : base(scope, Id, deployment, deployment.Context.Names.PipelineStateKey)
    {
        _config = deployment.Config.Pipeline ?? throw new ArgumentException("the environment has no section pipeline", nameof(deployment));
        _targets = [.. deployment.Promotes.Select(Target)];
        _retention = deployment.Config.Observability.LogRetentionDays;
        string keyArn = new PipelineKey(this, "pipeline-key", new PipelineKeyProps(Context, _targets)).Arn;
        _encrypted = Context with { KeyArn = keyArn };
        _artifacts = new ArtifactBucket(this, "artifacts", new ArtifactBucketProps(_encrypted, _config.ArtifactDays, _targets));
        string name = DeliveryPipeline.NameOf(Context.Names);
        string topicArn = new PipelineNotices(this, "notices", new PipelineNoticesProps(
            _encrypted, name, [.. _config.ApprovalEmails.Union(deployment.Config.Observability.AlertEmails)])).TopicArn;

        var built = new Dictionary<string, string>(StringComparer.Ordinal);
        var stages = new List<PipelineStage> { new("Build", [Check(), .. Images(built)]) };
        string before = "";
        foreach (PipelineTarget target in _targets)
        {
            if (target.Production)
                stages.Add(new PipelineStage($"Approve-{target.Name}", PipelineAction.Approval(
                    "Approve", topicArn,
                    $"{before} passed its smoke tests. Deploy this commit to {target.Name}, account {target.Names.Account}?")));
            stages.Add(Deploy(target, built));
            before = target.Name;
        }

        new DeliveryPipeline(this, "pipeline", new DeliveryPipelineProps
        {
            Context = _encrypted,
            Source = new PipelineSource(_config.ConnectionArn, _config.Repository, _config.Branch),
            Stages = stages,
            ArtifactBucket = _artifacts.Outputs.Name,
            Artifacts = _artifacts.ForPipeline,
            TopicArn = topicArn,
        });
        Output("pipeline_name", "The pipeline.", name);
        Output("pipeline_url", "Where to look at it, and to approve.",
            $"https://{Context.Region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/{name}/view?region={Context.Region}");
        Output("artifact_bucket", "Bucket of sources and results of runs.", _artifacts.Outputs.Name);
        Output("artifact_key_arn", "Key that they are encrypted with.", keyArn);
    }

    private static PipelineTarget Target(LoadedEnvironment environment) => new(
        environment.Names,
        environment.File,
        environment.Config.Region,
        environment.Config.Production,
        Application.Of(environment.Config).ToLookup(application => application.Repository, application => application.Name));

    private PipelineAction Check()
    {
        string role =
            Role(CheckBuild, "Tests commits; takes no role anywhere.", [CheckBuild], [PipelineAction.SourceArtifact],
                [PipelineAction.StacksArtifact], []);
        BuildProject project =
            Project(
                CheckBuild, "Tests the commit and writes Terraform's JSON of each environment.", Buildspecs.Check(_targets, _config.Tests),
                role);
        return PipelineAction.Build(
            "Check", "Build", project.Name, PipelineAction.SourceArtifact) with
        { Outputs = [PipelineAction.StacksArtifact] };
    }

    // Images of an architecture are built on that architecture.
    private IEnumerable<PipelineAction> Images(Dictionary<string, string> built)
    {
        IGrouping<string, KeyValuePair<string, PipelineImageConfig>>[] builds =
            [.. _config.Images.GroupBy(image => image.Value.Architecture.Text()).OrderBy(build => build.Key, StringComparer.Ordinal)];
        if (builds.Length == 0) yield break;
        string role = Role(
            PipelineRoles.Images, "Builds images and pushes them to every environment.", [.. builds.Select(build => ImageBuild(build.Key))],
            [PipelineAction.SourceArtifact], [.. builds.Select(build => PipelineAction.ImagesArtifact(build.Key))],
            [.. _targets.Select(target => target.PushRoleArn)]);
        foreach (IGrouping<string, KeyValuePair<string, PipelineImageConfig>> build in builds)
        {
            BuildProject project = Project(
                ImageBuild(build.Key), $"Builds images for {build.Key} and pushes them to every environment.",
                Buildspecs.Images(build, _targets), role, buildsImages: true, arm: build.Key == CpuArchitecture.Arm64.Text());
            string artifact = PipelineAction.ImagesArtifact(build.Key);
            foreach ((string repository, _) in build)
                built[repository] = artifact;
            yield return PipelineAction.Build(
                $"Images-{build.Key}", "Build", project.Name, PipelineAction.SourceArtifact) with
            { Outputs = [artifact] };
        }
    }

    private PipelineStage Deploy(PipelineTarget target, Dictionary<string, string> built)
    {
        string deploy = $"deploy-{target.Name}";
        string smoke = $"smoke-{target.Name}";
        string[] inputs = [PipelineAction.SourceArtifact, .. built.Values.Distinct().Order(StringComparer.Ordinal)];
        string role = Role(
            PipelineRoles.Deploy(target.Name), $"Deploys {target.Name} and tests it.", [deploy, smoke], inputs, [], [target.DeployRoleArn]);
        BuildProject deployment =
            Project(deploy, $"Brings {target.Name} to the commit and its images.", Buildspecs.Deploy(target, built), role);
        BuildProject test = Project(smoke, $"Asks {target.Name} whether it works.", Buildspecs.Smoke(target), role);
        return new PipelineStage(
            target.Name,
            PipelineAction.Build("Deploy", "Build", deployment.Name, inputs),
            PipelineAction.Build("Smoke", "Test", test.Name, PipelineAction.SourceArtifact));
    }

    private static string ImageBuild(string architecture) => $"images-{architecture}";

    private string Role(
        string purpose, string description, IReadOnlyList<string> builds, IReadOnlyCollection<string> inputs,
        IReadOnlyCollection<string> outputs, IReadOnlyList<string> targetRoles) =>
        new BuildRole(this, $"role-{purpose}", new BuildRoleProps
        {
            Context = _encrypted,
            Purpose = purpose,
            Description = description,
            Builds = builds,
            Artifacts = _artifacts.ForBuild(inputs, outputs),
            TargetRoleArns = targetRoles,
        }).Arn;

    private BuildProject Project(
        string purpose, string description, string buildspec, string role, bool buildsImages = false, bool arm = false) =>
        new(this, $"build-{purpose}", new BuildProjectProps
        {
            Context = _encrypted,
            Purpose = purpose,
            Description = description,
            Buildspec = buildspec,
            RoleArn = role,
            TimeoutMinutes = _config.TimeoutMinutes,
            LogRetentionDays = _retention,
            BuildsImages = buildsImages,
            Arm = arm,
        });
}
