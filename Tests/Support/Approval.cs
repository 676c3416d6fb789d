using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>Texts that somebody has looked at and committed. A person accepts a new one; a CI never does.</summary>
internal static class Approval
{
    public const string HowToAccept = "If this is what you want: INFRA_ACCEPT=1 ./infra test --fast, look at the difference and commit it.";

    private static bool Wanted => Environment.GetEnvironmentVariable("INFRA_ACCEPT") == "1";

    private static bool InCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>Fails unless the file holds the text; says what <paramref name="explain"/> makes of both.</summary>
    /// <param name="file">Absolute path of the approved text.</param>
    /// <param name="actual">What is there now.</param>
    /// <param name="explain">Approved text and actual text to what a person has to know; none shows where they differ.</param>
    public static void Verify(string file, string actual, Func<string, string, string>? explain = null)
    {
        string approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (approved == actual) return;
        explain ??= TextDifference.Describe;
        if (Wanted && InCi)
            Assert.Fail($"INFRA_ACCEPT=1 is refused where CI is set: what is approved there, nobody has looked at.\n{explain(approved, actual)}");
        if (Wanted)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }
        Assert.Fail($"{explain(approved, actual)}\n{HowToAccept}");
    }
}
