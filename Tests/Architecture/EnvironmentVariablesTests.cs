using System.Text.RegularExpressions;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Architecture;

/// <summary>Environment variables are read in one place, and docs/operations.md lists all of them.</summary>
internal sealed partial class EnvironmentVariablesTests
{
    // With the reason why they do not use the variables of the run's context.
    private static readonly Dictionary<string, string> s_readers = new()
    {
        ["Operations/Processes/EnvironmentVariables.cs"] = "the one place",
        ["Operations/Processes/ToolOnPath.cs"] = "PATH, also for programs that tests start",
        ["Configuration/EnvironmentFile.cs"] = "a project below Operations",
        ["Stacks/JsiiFolder.cs"] = "sets a variable for jsii and restores it",
    };

    private static string Root => Checkout.Find().Root;

    private static IEnumerable<string> Product => Sources.In(Sources.Folders);

    [Test]
    public void Variables_AreReadInOnePlace() => Assert.That(
        Product.Where(file => File.ReadAllText(file).Contains("Environment.GetEnvironmentVariable", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Root, file)),
        Is.EquivalentTo(s_readers.Keys));

    [Test]
    public void EveryVariable_IsInTheDocuments()
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "operations.md"));
        IEnumerable<string> sources = Product
            .Where(file =>
                file.Contains("Operations", StringComparison.Ordinal) || file.EndsWith("EnvironmentFile.cs", StringComparison.Ordinal))
            .Append(Path.Combine(Root, "emulator", "get")).Append(Path.Combine(Root, "infra"));
        string[] names =
        [
            .. sources.SelectMany(file => Variable().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.That(names, Has.Member("INFRA_ENV").And.Member("INFRA_MOTO").And.Member("AWS_PROFILE"));
        Assert.That(names.Where(name => !page.Contains($"`{name}", StringComparison.Ordinal)), Is.Empty);
    }

    // A literal of C#, or a variable of a shell script.
    [GeneratedRegex("""(?:"|\$\{|export )(?<name>(?:AWS|CDKTF|GITHUB|INFRA|TERRAFORM|TF)_[A-Z_]*[A-Z])\b""")]
    private static partial Regex Variable();
}
