namespace Infra.Configuration.Model;

/// <summary>What <c>user</c> of a container may be.</summary>
public static class ContainerUsers
{
    /// <summary>Not root, and in no image of others by chance.</summary>
    public const string Default = "10001:10001";

    /// <summary>The user that the image was built with.</summary>
    public const string Image = "image";

    public const string Root = "root";

    public const string Pattern = "[1-9][0-9]*(:[1-9][0-9]*)?|image|root";

    public const string Noun = "a numeric user and group other than 0 such as 10001:10001, image for the image's own, or root";
}
