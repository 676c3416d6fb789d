using System.CommandLine;
using Infra.Operations.Sites;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>site deploy</c>.</summary>
internal static class SiteVerbs
{
    public static Verb Create(RunContext context)
    {
        var site = new Argument<string>("SITE") { Description = "Site: a name in sites of the environment file" };
        var folder = new Argument<string>("DIR") { Description = "Folder with the built site" };
        return new Verb("site", "Upload static sites, invalidate the cache, check what is served", "./infra site deploy app dist --env dev")
        {
            new Verb(
                "deploy",
                "Upload changed files with their cache headers, invalidate the cache, check that the new index.html is served",
                "./infra site deploy app dist --env dev",
                "./infra site deploy app dist --env dev --dry-run what would be uploaded")
            {
                site, folder,
            }.WithAction(parsed =>
                new SiteCommand(context, Options.Read(context, parsed)).DeployAsync(parsed.GetValue(site)!, parsed.GetValue(folder)!)),
        };
    }
}
