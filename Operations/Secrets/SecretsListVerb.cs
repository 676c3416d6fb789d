using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Secrets;

internal sealed class SecretsListVerb() : Verb(
    "list",
    "List every secret and whether it has a value; values are never shown",
    "./infra secrets list --env prod")
{
    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override async Task<ExitCode> RunAsync(Invocation invocation) =>
        await (await SecretsCommand.OpenAsync(invocation.Context, invocation.Options)).ShowAsync(mustBeThere: false);
}
