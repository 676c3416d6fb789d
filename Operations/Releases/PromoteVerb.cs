using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Releases;

internal sealed class PromoteVerb() : Verb(
    "promote",
    "Release in one environment the image digests that another runs",
    "./infra promote --from beta --to prod",
    "./infra promote --from beta --to prod backend --profile acme-prod --from-profile acme-beta")
{
    private readonly Option<string> _from = new("--from")
    {
        Description = "Environment to promote from",
        HelpName = "NAME",
        Required = true,
    };

    private readonly Option<string> _to = new("--to") { Description = "Environment to promote to", HelpName = "NAME", Required = true };

    private readonly Option<string?> _fromProfile = new("--from-profile")
    {
        Description = "AWS profile of the source environment. Default: that of the target",
        HelpName = "NAME",
    };

    private readonly Argument<string[]> _services = new("SERVICE")
    {
        Description = "Services. Default: all that both environments have",
        Arity = ArgumentArity.ZeroOrMore,
    };

    protected override Task<ExitCode> RunAsync(Invocation invocation) => PromotionCommand.RunAsync(
        invocation.Context,
        invocation.Options with { Environment = invocation.Value(_to) },
        invocation.Value(_from),
        invocation.Value(_fromProfile),
        invocation.Value(_services));
}
