using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Sites;

internal sealed class SiteDeployVerb() : Verb(
    "deploy",
    "Upload changed files with their cache headers, invalidate the cache, check that the new index.html is served",
    "./infra site deploy app dist --env dev",
    "./infra site deploy app dist --env dev --dry-run what would be uploaded")
{
    private readonly Argument<string> _site = new("SITE") { Description = "Site: a name in sites of the environment file" };
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder with the built site" };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new SiteCommand(invocation.Context, invocation.Options).DeployAsync(invocation.Value(_site), invocation.Value(_folder));
}
