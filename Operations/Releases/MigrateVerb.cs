using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Releases;

internal sealed class MigrateVerb() : Verb(
    "migrate",
    "Run a service's migration once, as a release does before it deploys the new version",
    "./infra migrate backend --env dev")
{
    private readonly ServiceArgument _service = new();

    private readonly Argument<string?> _image = new("IMAGE")
    {
        Description = "Image with its digest. Default: the released one",
        Arity = ArgumentArity.ZeroOrOne,
    };

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        using ReleaseCommand command =
            await ReleaseCommand.OpenAsync(invocation.Context, invocation.Options, invocation.Value(_service), Name);
        return await command.MigrateAsync(invocation.Value(_image));
    }
}
