using System.Text.RegularExpressions;

namespace Infra.Naming;

/// <summary>The part of a Terraform address or output name that stands for a name of the environment file.</summary>
public static partial class AddressPart
{
    /// <summary>
    /// Different for different names, and the same whatever else the file has: <c>log-level</c> as it is, <c>backend/log-level</c> as
    /// <c>backend_log-level</c>, anything else with a hash of itself.
    /// </summary>
    public static string Of(string name) => Plain().IsMatch(name)
        ? name.Replace('/', '_')
        : $"{NotAllowed().Replace(name.ToLowerInvariant(), "-")}-{StableName.Hash(name)}";

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*\z")]
    private static partial Regex Plain();

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex NotAllowed();
}
