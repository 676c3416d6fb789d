using System.CommandLine;
using Infra.Operations.Sites;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>site deploy</c>.</summary>
internal static class SiteVerbs
{
    public static Verb Create(RunContext context)
    {
        var site = new Argument<string>("SITE") { Description = "Site of the environment file" };
        var folder = new Argument<string>("DIR") { Description = "Folder that the site was built into" };
        return new Verb("site", "Static sites: upload, invalidation, a look at what is served", "./infra site deploy app dist --env dev")
        {
            new Verb(
                "deploy",
                "Upload what differs with the right cache headers, invalidate, check that the new index.html is served",
                "./infra site deploy app dist --env dev",
                "./infra site deploy app dist --env dev --dry-run what would be uploaded")
            {
                site, folder,
            }.Does(parsed => new SiteCommand(context, Options.Read(parsed)).DeployAsync(parsed.GetValue(site)!, parsed.GetValue(folder)!)),
        };
    }
}
