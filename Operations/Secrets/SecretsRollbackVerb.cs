using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Secrets;

internal sealed class SecretsRollbackVerb() : Verb(
    "rollback",
    "Make the previous value current again and restart the services that read it",
    "./infra secrets rollback jwt-secret-key --env prod")
{
    private readonly Argument<string> _name = new("NAME") { Description = "Secret or secure parameter" };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override async Task<ExitCode> RunAsync(Invocation invocation) =>
        await (await SecretRotation.OpenAsync(invocation.Context, invocation.Options)).RollBackAsync(invocation.Value(_name)!);
}
