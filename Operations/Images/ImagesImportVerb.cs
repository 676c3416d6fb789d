using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Images;

internal sealed class ImagesImportVerb() : Verb(
    "import",
    "Copy exported images from a bucket to the environment's repositories, with the same digests; after a loss, or to another account",
    "./infra images import --env prod",
    "./infra images import backend --env prod-west --bucket acme-exports --bucket-region us-east-2")
{
    private readonly ImageServicesArgument _services = new();
    private readonly BucketOption _bucket = new();
    private readonly BucketRegionOption _region = new();

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Also the images that were released before the last export",
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new ImageImport(invocation.Context, invocation.Options, new ImageBucket(invocation.Value(_bucket), invocation.Value(_region)))
            .RunAsync(invocation.Value(_services), invocation.Value(_all));
}
