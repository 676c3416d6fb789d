using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Secrets;

internal sealed class SecretsSetVerb() : Verb(
    "set",
    "Set values: from environments/secrets.ENV.json, or from prompts for those that are not in it",
    "./infra secrets set --env prod                   those without a value",
    "./infra secrets set partner-key --env prod       another value")
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Secrets. Default: those without a value",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override async Task<ExitCode> RunAsync(Invocation invocation) =>
        await (await SecretsCommand.OpenAsync(invocation.Context, invocation.Options)).SetAsync(invocation.Value(_names));
}
