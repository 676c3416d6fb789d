using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Secrets;

internal sealed class SecretsListVerb() : Verb(
    "list",
    "List every secret and whether it has a value; values are never shown",
    "./infra secrets list --env prod")
{
    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override async Task<ExitCode> RunAsync(Invocation invocation) =>
        await (await SecretsCommand.OpenAsync(invocation.ContextOf(_json), invocation.Options)).ShowAsync(mustBeThere: false);
}
