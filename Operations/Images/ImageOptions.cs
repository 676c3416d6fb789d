using System.CommandLine;

namespace Infra.Operations.Images;

/// <summary>The argument with services and agents.</summary>
internal sealed class ImageServicesArgument : Argument<string[]>
{
    public ImageServicesArgument() : base("SERVICE")
    {
        Description = "Services and agents. Default: all";
        Arity = ArgumentArity.ZeroOrMore;
    }
}

/// <summary>The option with the bucket of exported images.</summary>
internal sealed class BucketOption : Option<string?>
{
    public BucketOption() : base("--bucket")
    {
        Description = "Bucket of the exported images. Default: the one in backup.imageBucket";
        HelpName = "NAME";
    }
}

/// <summary>The option with the Region of that bucket.</summary>
internal sealed class BucketRegionOption : Option<string?>
{
    public BucketRegionOption() : base("--bucket-region")
    {
        Description = "Region of that bucket. Default: the environment's";
        HelpName = "REGION";
    }
}
