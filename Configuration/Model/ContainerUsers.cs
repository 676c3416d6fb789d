namespace Infra.Configuration.Model;

/// <summary>Allowed values of <c>user</c> of a container.</summary>
public static class ContainerUsers
{
    /// <summary>Not root, and unlikely to be a user of a third-party image.</summary>
    public const string Default = "10001:10001";

    /// <summary>The user that the image was built with.</summary>
    public const string Image = "image";

    public const string Root = "root";

    public const string Pattern = "[1-9][0-9]*(:[1-9][0-9]*)?|image|root";

    public const string Noun = "a numeric user and group other than 0 such as 10001:10001, image for the image's own, or root";
}
