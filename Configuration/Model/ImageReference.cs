namespace Infra.Configuration.Model;

/// <summary>Patterns of container images that are not the service's own.</summary>
internal static class ImageReference
{
    /// <summary>An image with a digest, and optionally a tag.</summary>
    public const string DigestPattern = $"{Repository}(:{Tag})?@{Digest}";

    public const string DigestNoun = "an image with a digest, such as public.ecr.aws/nginx/nginx@sha256:…";

    /// <summary>An image with a digest, a tag, or both.</summary>
    public const string Pattern = $"{Repository}(:{Tag}|(:{Tag})?@{Digest})";

    public const string Noun = "an image with a digest or a tag, such as public.ecr.aws/nginx/nginx:1.29";

    private const string Repository = "[a-z0-9]+([._:-][a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*";

    private const string Tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

    private const string Digest = "sha256:[0-9a-f]{64}";
}
