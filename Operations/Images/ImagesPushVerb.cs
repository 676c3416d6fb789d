using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Images;

internal sealed class ImagesPushVerb() : Verb(
    "push",
    "Push an empty image with a tag to the local AWS, to try releases there without a container tool",
    "./infra images push backend v1 --env local",
    "./infra release backend v1 --env local")
{
    private readonly Argument<string> _application = new("SERVICE") { Description = "Service or agent that runs the image" };
    private readonly Argument<string> _tag = new("TAG") { Description = "Tag of the image: v1.4.0. Another tag is another image" };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new EmptyImagePush(invocation.Context, invocation.Options)
        .RunAsync(invocation.Value(_application), invocation.Value(_tag));
}
