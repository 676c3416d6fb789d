using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Tooling;

/// <summary>Code in other languages has tests in its own language.</summary>
[TestFixture]
[Order(2)] // Order of fixtures: among the longest.
[Parallelizable(ParallelScope.All)]
internal sealed class ScriptTests
{
    private static string Root => Checkout.Find().Root;

    private static IEnumerable<string> NodeTests =>
        new[] { "bindings", Path.Combine("Tests", "Emulator") }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.test.mjs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(NodeTests)), Property("Row", "X1")]
    public async Task NodeScript(string file)
    {
        string output = await SucceedsAsync("node", "--test", "--test-reporter=tap", file);
        Assert.That(output, Does.Match(@"(?m)^# pass [1-9]").And.Match(@"(?m)^# fail 0"), "tests were run");
    }

    // All modules in one process: each process would import moto and start its own server, which takes longer than most of its tests.
    [Test, Category("Emulator"), Property("Row", "X2")]
    public async Task Emulator()
    {
        string output = await SucceedsAsync(Path.Combine(Root, "emulator", "test"));
        Assert.That(output, Does.Match(@"Ran [1-9]\d\d tests").And.Not.Contain("skipped"), "tests were run");
    }

    private static async Task<string> SucceedsAsync(string program, params string[] arguments)
    {
        (int exitCode, string output) = await Tool.RunAsync(new ProcessRequest(program, arguments)
        {
            // These tests read their own record of permissions, and must not write to the record of the test run.
            Variables = new Dictionary<string, string?> { [Sandbox.RecordVariable] = null },
        });
        Assert.That(exitCode, Is.Zero, output);
        return output;
    }
}
