using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Releases;

internal sealed class ReleaseVerb() : Verb(
    "release",
    "Release an image: migration, ledger, runtime, smoke tests; a failed release is rolled back automatically",
    "./infra release backend 111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/backend@sha256:… --env dev",
    "./infra release backend v1.4.0 --env prod --dry-run     which digest that is, and whether a migration runs")
{
    private readonly ServiceArgument _service = new();

    private readonly Argument<string> _image = new("IMAGE")
    {
        Description = "REPOSITORY@sha256:…, only the digest, or a tag of the service's repository",
    };

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        using ReleaseCommand command =
            await ReleaseCommand.OpenAsync(invocation.Context, invocation.Options, invocation.Value(_service), Name);
        return await command.ReleaseAsync(invocation.Value(_image));
    }
}
