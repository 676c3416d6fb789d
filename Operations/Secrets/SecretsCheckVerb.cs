using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Secrets;

internal sealed class SecretsCheckVerb() : Verb(
    "check",
    "Like list; exit code 2 if a value is missing or due for rotation",
    "./infra secrets check --env prod")
{
    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override async Task<ExitCode> RunAsync(Invocation invocation) =>
        await (await SecretsCommand.OpenAsync(invocation.ContextOf(_json), invocation.Options)).ShowAsync(mustBeThere: true);
}
