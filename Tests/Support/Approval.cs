using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>Texts that were reviewed and committed. A developer accepts a new one; CI never does.</summary>
internal static class Approval
{
    public const string HowToAccept =
        "If the change is intended: run INFRA_ACCEPT=1 ./infra test --fast, review the difference and commit it.";

    private static bool Wanted => Environment.GetEnvironmentVariable("INFRA_ACCEPT") == "1";

    private static bool InCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>Fails unless the file contains the text, with the message of <paramref name="explain"/>.</summary>
    /// <param name="file">Absolute path of the approved text.</param>
    /// <param name="actual">Current text.</param>
    /// <param name="explain">Creates the message from approved and actual text; null shows the first difference.</param>
    public static void Verify(string file, string actual, Func<string, string, string>? explain = null)
    {
        string approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (approved == actual) return;
        explain ??= TextDifference.Describe;
        if (Wanted && InCi)
            Assert.Fail(
                $"INFRA_ACCEPT=1 is not allowed if CI is set: nobody would have reviewed the approved text.\n{explain(approved, actual)}");
        if (Wanted)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }
        Assert.Fail($"{explain(approved, actual)}\n{HowToAccept}");
    }
}
