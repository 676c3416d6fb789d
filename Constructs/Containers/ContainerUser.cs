using Infra.Configuration.Model;

namespace Infra.Constructs.Containers;

/// <summary>The user that a container runs as, as ECS wants it.</summary>
internal static class ContainerUser
{
    /// <summary>Numbers of user and group; none leaves the image its own.</summary>
    /// <param name="configured">What the environment file says.</param>
    public static string? Of(string configured) => configured switch
    {
        ContainerUsers.Image => null,
        // By number, since an image may have no /etc/passwd.
        ContainerUsers.Root => "0:0",
        var numbers => numbers,
    };
}
