using Infra.Configuration.Model;

namespace Infra.Constructs.Containers;

/// <summary>The user that a container runs as, in the format of ECS.</summary>
internal static class ContainerUser
{
    /// <summary>User and group id; none keeps the image's own user.</summary>
    /// <param name="configured">Setting in the environment file.</param>
    public static string? Of(string configured) => configured switch
    {
        ContainerUsers.Image => null,
        // By id, because an image may have no /etc/passwd.
        ContainerUsers.Root => "0:0",
        var numbers => numbers,
    };
}
