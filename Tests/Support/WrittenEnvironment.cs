using Infra.Configuration;
using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>Environment files that a test writes.</summary>
internal static class WrittenEnvironment
{
    private static int s_count;

    /// <summary>Loads an environment file with this text; it must be free of findings.</summary>
    /// <param name="name">Name of the environment, and so of its file.</param>
    /// <param name="json">Text of the file; <c>@</c> in front of a path means the repository.</param>
    public static LoadedEnvironment Load(string name, string json)
    {
        string root = Checkout.Find().Root;
        string folder = Path.Combine(SynthesisFolder.FullName, $"environment-{s_count++}");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{name}.json");
        File.WriteAllText(file, json.Replace("@/", $"{root}/", StringComparison.Ordinal));
        LoadResult result = EnvironmentFile.Load(file, root);
        return result.Environment ?? throw new AssertionException(string.Join('\n', result.Findings.Select(finding => finding.ToString())));
    }
}
