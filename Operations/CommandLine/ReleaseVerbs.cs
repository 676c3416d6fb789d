using System.CommandLine;
using Infra.Operations.Releases;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>release</c>, <c>promote</c>, <c>rollback</c>, <c>migrate</c>, <c>status</c>.</summary>
internal static class ReleaseVerbs
{
    public static IEnumerable<Verb> Create(RunContext context) =>
        [Release(context), Promote(context), RollBack(context), Migrate(context), Status(context)];

    private static Verb Release(RunContext context)
    {
        Argument<string> service = Service();
        var image =
            new Argument<string>("IMAGE") { Description = "REPOSITORY@sha256:…, only the digest, or a tag of the service's repository" };
        return new Verb(
            "release",
            "Release an image: migration, ledger, runtime, smoke tests; a failed release is rolled back automatically",
            "./infra release backend 111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/backend@sha256:… --env dev",
            "./infra release backend v1.4.0 --env prod --dry-run     which digest that is, and whether a migration runs")
        {
            service, image,
        }.WithAction(async parsed =>
        {
            using ReleaseCommand command =
                await ReleaseCommand.OpenAsync(context, Options.Read(context, parsed), parsed.GetValue(service)!, "release");
            return await command.ReleaseAsync(parsed.GetValue(image)!);
        });
    }

    private static Verb Promote(RunContext context)
    {
        var from = new Option<string>("--from") { Description = "Environment to promote from", HelpName = "NAME", Required = true };
        var to = new Option<string>("--to") { Description = "Environment to promote to", HelpName = "NAME", Required = true };
        var profile = new Option<string?>(
            "--from-profile")
        { Description = "AWS profile of the source environment. Default: that of the target", HelpName = "NAME" };
        var services = new Argument<string[]>(
            "SERVICE")
        { Description = "Services. Default: all that both environments have", Arity = ArgumentArity.ZeroOrMore };
        return new Verb(
            "promote",
            "Release in one environment the image digests that another runs",
            "./infra promote --from beta --to prod",
            "./infra promote --from beta --to prod backend --profile acme-prod --from-profile acme-beta")
        {
            from, to, profile, services,
        }.WithAction(parsed => PromotionCommand.RunAsync(
            context,
            Options.Read(context, parsed) with { Environment = parsed.GetValue(to) },
            parsed.GetValue(from)!,
            parsed.GetValue(profile),
            parsed.GetValue(services) ?? []));
    }

    private static Verb RollBack(RunContext context)
    {
        Argument<string> service = Service();
        var to = new Option<long?>(
            "--to")
        { Description = "Version in the ledger. Default: the previous successful release", HelpName = "N" };
        return new Verb(
            "rollback",
            "Release an earlier image again; the database is not changed",
            "./infra rollback backend --env prod",
            "./infra rollback backend --env prod --to 7")
        {
            service, to,
        }.WithAction(async parsed =>
        {
            using ReleaseCommand command =
                await ReleaseCommand.OpenAsync(context, Options.Read(context, parsed), parsed.GetValue(service)!, "rollback");
            return await command.RollBackAsync(parsed.GetValue(to));
        });
    }

    private static Verb Migrate(RunContext context)
    {
        Argument<string> service = Service();
        var image = new Argument<string?>(
            "IMAGE")
        { Description = "Image with its digest. Default: the released one", Arity = ArgumentArity.ZeroOrOne };
        return new Verb(
            "migrate",
            "Run a service's migration once, as a release does before it deploys the new version",
            "./infra migrate backend --env dev")
        {
            service, image,
        }.WithAction(async parsed =>
        {
            using ReleaseCommand command =
                await ReleaseCommand.OpenAsync(context, Options.Read(context, parsed), parsed.GetValue(service)!, "migrate");
            return await command.MigrateAsync(parsed.GetValue(image));
        });
    }

    private static Verb Status(RunContext context)
    {
        var json = new Option<bool>("--json") { Description = "Output as JSON" };
        return new Verb(
            "status",
            "Show what runs, since when, from which commit",
            "./infra status --env prod",
            "./infra status --env prod --json")
        {
            json,
        }.WithAction(parsed => StatusCommand.RunAsync(context, Options.Read(context, parsed), parsed.GetValue(json)));
    }

    private static Argument<string> Service() => new("SERVICE") { Description = "Service or agent: a name in services or agents" };
}
