using System.Text.RegularExpressions;

namespace Infra.Naming;

/// <summary>The part of a Terraform address or output name for a name of the environment file.</summary>
public static partial class AddressPart
{
    /// <summary>
    /// Unique, and independent of the other names in the file: <c>log-level</c> is unchanged, <c>backend/log-level</c> becomes
    /// <c>backend_log-level</c>, anything else gets a hash of the name.
    /// </summary>
    public static string Of(string name) => Plain().IsMatch(name)
        ? name.Replace('/', '_')
        : $"{NotAllowed().Replace(name.ToLowerInvariant(), "-")}-{StableName.Hash(name)}";

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*\z")]
    private static partial Regex Plain();

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex NotAllowed();
}
