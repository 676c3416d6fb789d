using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Secrets;

internal sealed class SecretsRotateVerb() : Verb(
    "rotate",
    "Write a new value, restart the services that read it, and undo both if one does not start",
    "./infra secrets rotate jwt-secret-key --env prod")
{
    private readonly Argument<string> _name = new("NAME") { Description = "Secret or secure parameter" };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override async Task<ExitCode> RunAsync(Invocation invocation) =>
        await (await SecretRotation.OpenAsync(invocation.Context, invocation.Options)).RotateAsync(invocation.Value(_name)!);
}
