using NUnit.Framework;

namespace Infra.Tests.Configuration;

/// <summary>
/// Files that are written by code and committed. A test fails where they differ; INFRA_ACCEPT=1 writes them, which no CI does.
/// </summary>
internal static class ApprovedFile
{
    private static bool Accept => Environment.GetEnvironmentVariable("INFRA_ACCEPT") == "1" && Environment.GetEnvironmentVariable("CI") is null or "";

    public static void Verify(string path, string expected)
    {
        if (Accept)
            File.WriteAllText(path, expected);
        string committed = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.That(committed, Is.EqualTo(expected), $"{Path.GetFileName(path)} is not what the code writes; accept it with: INFRA_ACCEPT=1 ./infra test --fast");
    }
}
