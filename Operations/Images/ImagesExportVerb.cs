using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Images;

internal sealed class ImagesExportVerb() : Verb(
    "export",
    "Copy the released images, manifests and layers, to a bucket as an OCI image layout; each layer once",
    "./infra images export --env prod                                        to the bucket in backup.imageBucket",
    "./infra images export backend --env prod --bucket acme-exports --bucket-region us-east-2")
{
    private readonly ImageServicesArgument _services = new();
    private readonly BucketOption _bucket = new();
    private readonly BucketRegionOption _region = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new ImageExport(invocation.Context, invocation.Options, new ImageBucket(invocation.Value(_bucket), invocation.Value(_region)))
            .RunAsync(invocation.Value(_services));
}
