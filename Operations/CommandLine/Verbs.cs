using System.CommandLine;
using Infra.Configuration;
using Infra.Contracts;
using Infra.Operations.Deployment;
using Infra.Operations.Sessions;
using Infra.Operations.Testing;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary>Defines the commands and what each one calls.</summary>
internal static class Verbs
{
    private const string SkipPrefix = "--skip-";

    public static RootCommand Root(RunContext context)
    {
        var root = new RootCommand("Deploy base and runtime of an environment file to AWS, or to a local AWS emulator with --env local.")
        {
            Setup(context), Synth(context), Validate(context), Plan(context), Deploy(context), Destroy(context), Bootstrap(context),
            Domain(context),
            DriftVerbs.Create(context), SmokeVerbs.Create(context), InsightVerbs.Map(context),
            LayerVerbs.Create(context),
            StateVerbs.Create(context), DatabaseVerbs.Create(context), TrialVerbs.Create(context),
            AccessVerbs.Create(context), CheckVerbs.Create(context),
            EmulatorVerbs.Create(context), Test(context),
            SiteVerbs.Create(context), VerifyVerbs.Create(context), GitHubVerbs.Environments(context), GitHubVerbs.GitHub(context),
        };
        foreach (Verb verb in ScheduleVerbs.Create(context)
            .Append(CostVerbs.Create(context))
            .Concat(ReleaseVerbs.Create(context))
            .Append(SecretsVerbs.Create(context)))
            root.Subcommands.Add(verb);
        foreach (Option option in Options.All)
            root.Options.Add(option);
        return root;
    }

    private static Verb Setup(RunContext context) => new Verb(
        "setup",
        "Install everything that the other commands need, once: npm packages, bindings, build, emulator, Terraform and its provider",
        "./infra setup")
        .WithAction(_ => new SetupCommand(context).RunAsync());

    private static Verb Synth(RunContext context)
    {
        var outDir =
            new Option<string?>("--out", "-o") { Description = "Output folder. Default: cdktf.out, or what cdktf sets", HelpName = "DIR" };
        var verb = new Verb(
            "synth",
            "Write the Terraform JSON of every stack of an environment",
            "./infra synth --env dev                          into cdktf.out, as cdktf does",
            "./infra synth --env examples/tap/poc.json --out /tmp/poc")
        {
            outDir,
        };
        return verb.WithAction(parsed => SynthCommand.RunAsync(context, Options.Read(context, parsed), parsed.GetValue(outDir)));
    }

    private static Verb Validate(RunContext context) => new Verb(
        "validate",
        "Check environment files, synthesis, and every stack against the provider's schema; needs no account",
        "./infra validate                                 every environment",
        "./infra validate --env dev")
        .WithAction(parsed => ValidateCommand.RunAsync(context, parsed.GetValue(Options.Environment)));

    private static Verb Plan(RunContext context)
    {
        Argument<string[]> stacks = Stacks("base runtime", StackOrder.Default);
        var destroy = new Option<bool>("--destroy") { Description = "Plan to destroy" };
        var save = new Option<string?>(
            "--save")
        { Description = "Save the plans for deploy --saved, with a summary as Markdown and as JSON", HelpName = "DIR" };
        var readOnly = new Option<bool>(
            "--read-only")
        { Description = "Do not refresh or lock the state: for a role that may neither read secrets nor write" };
        var verb = new Verb(
            "plan",
            "Show what deploy would change; exit code 5 if there are changes",
            "./infra plan --env dev                           base and runtime",
            "./infra plan --env dev --destroy runtime         what destroying runtime would remove",
            "./infra plan --env dev base --save plans         base.tfplan, base.md, summary.json; applied by deploy --saved plans")
        {
            stacks, destroy, save, readOnly,
        };
        return verb.WithAction(parsed => new DeployCommand(context, Options.Read(context, parsed)).PlanAsync(
            Named(context, parsed, stacks, parsed.GetValue(destroy) ? StackOrder.DefaultDestroy : StackOrder.Default),
            parsed.GetValue(destroy),
            parsed.GetValue(save),
            parsed.GetValue(readOnly)));
    }

    private static Verb Deploy(RunContext context)
    {
        Argument<string[]> stacks = Stacks("base runtime", StackOrder.Default);
        var saved =
            new Option<string?>("--saved") { Description = "Apply exactly the plans that plan --save has saved there", HelpName = "DIR" };
        Option<bool>[] skip =
        [
            Skip(DeploySteps.Bootstrap, "Do not check whether the account is bootstrapped"),
            Skip(DeploySteps.Domain, "Do not check the DNS for the records of a new domain"),
            Skip(StackNames.Base, "Do not deploy base"),
            Skip(DeploySteps.Images, "Do not check whether the released images exist"),
            Skip(StackNames.Runtime, "Do not deploy runtime"),
            Skip(DeploySteps.Smoke, "Do not run the smoke tests"),
        ];
        var verb = new Verb(
            "deploy",
            "Plan each stack, show the plan, apply exactly that plan; then run the smoke tests",
            "./infra deploy --env local                       the whole environment on this machine, no AWS account needed",
            "./infra deploy --env dev --profile acme-dev      base, then runtime, in the account of dev",
            "./infra deploy --env prod runtime --dry-run      what would change in runtime",
            "./infra deploy --env prod base --saved plans     the plan that was reviewed, unless the state has changed since")
        {
            stacks, saved,
        };
        foreach (Option<bool> option in skip)
            verb.Options.Add(option);
        return verb.WithAction(parsed =>
        {
            var command = new DeployCommand(context, Options.Read(context, parsed));
            return parsed.GetValue(saved) is { } folder
                ? command.DeploySavedAsync(Named(context, parsed, stacks, []), folder)
                : command.DeployAsync(Named(context, parsed, stacks, StackOrder.Default),
                    [.. skip.Where(parsed.GetValue).Select(option => option.Name[SkipPrefix.Length..])]);
        });
    }

    private static Option<bool> Skip(string step, string description) => new(SkipPrefix + step) { Description = description };

    private static Verb Destroy(RunContext context)
    {
        Argument<string[]> stacks = Stacks("runtime", StackOrder.DefaultDestroy);
        var verb = new Verb(
            "destroy",
            "Destroy runtime, which costs by the hour; base, which holds data, only if it is named",
            "./infra destroy --env dev                        runtime; base and its certificates are kept",
            "./infra destroy --env local runtime base         everything of a disposable environment")
        {
            stacks,
        };
        return verb.WithAction(parsed => new DeployCommand(context, Options.Read(context, parsed))
            .DestroyAsync(Named(context, parsed, stacks, StackOrder.DefaultDestroy)));
    }

    private static Verb Bootstrap(RunContext context) => new Verb(
        "bootstrap",
        "Once per account, as an administrator: create state bucket, lock table and roles for GitHub; its own state moves to that bucket",
        "./infra bootstrap --env dev --profile acme-dev-admin")
        .WithAction(parsed => new DeployCommand(context, Options.Read(context, parsed)).BootstrapAsync());

    private static Verb Domain(RunContext context) => new Verb(
        "domain",
        "Create the zone and request the certificates, show the DNS records to enter, check the DNS for them; exit code 2 while they "
            + "are missing",
        "./infra domain --env dev --profile acme-dev      before the first deployment with a domain; deploy does it too")
        .WithAction(parsed => new DeployCommand(context, Options.Read(context, parsed)).DomainAsync());

    private static Verb Test(RunContext context)
    {
        var fast = new Option<bool>("--fast") { Description = "Skip the tests that need Terraform or the emulator" };
        var filter = new Option<string?>(
            "--filter")
        { Description = "Only tests whose full name contains TEXT, or a vstest filter expression", HelpName = "TEXT" };
        var rows = new Option<bool>("--rows") { Description = "List the requirement rows and the tests that name them; run nothing" };
        var verb = new Verb(
            "test",
            "Build and run the tests; the last line says how many passed and failed",
            "./infra test                                     all of them",
            "./infra test --fast --filter Configuration       fast tests of one folder",
            "./infra test --rows                              which test verifies which requirement")
        {
            fast, filter, rows,
        };
        return verb.WithAction(
            parsed => new TestCommand(context).RunAsync(parsed.GetValue(fast), parsed.GetValue(filter), parsed.GetValue(rows)));
    }

    internal static Argument<string[]> Stacks(string shown, IReadOnlyList<string> byDefault) => new("STACK")
    {
        Description =
            $"Stacks: {StackNames.Base}, {StackNames.Runtime}; {StackNames.Pipeline} if the environment has one. Default: {shown}",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [.. byDefault],
    };

    internal static IReadOnlyCollection<string> Named(
        RunContext context, ParseResult parsed, Argument<string[]> stacks, IReadOnlyList<string> byDefault) => StackOrder.Of(
        parsed.GetResult(stacks) is { Tokens.Count: > 0 } ? parsed.GetValue(stacks)! : [],
        byDefault,
        Options.Read(context, parsed).Environment is { } chosen
            ? EnvironmentFile.Load(chosen, context.Checkout.Root).Environment?.Config
            : null);
}
