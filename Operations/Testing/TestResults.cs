using System.Xml.Linq;

namespace Infra.Operations.Testing;

/// <summary>Results of a test run, read from the results file (trx) of the test platform.</summary>
/// <param name="Passed">Number of tests that passed.</param>
/// <param name="Failures">Failed tests, each with its message and the first line of its trace.</param>
/// <param name="Skipped">Tests that were found, but not run, each with the reason.</param>
internal sealed record TestResults(int Passed, IReadOnlyList<TestResult> Failures, IReadOnlyList<TestResult> Skipped)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public int Failed => Failures.Count;

    /// <summary>The combined results of both runs.</summary>
    public TestResults And(TestResults other) =>
        new(Passed + other.Passed, [.. Failures, .. other.Failures], [.. Skipped, .. other.Skipped]);

    public static TestResults Read(string file)
    {
        ILookup<string, XElement> results = XDocument.Load(file).Descendants(Trx + "UnitTestResult")
            .ToLookup(result => (string?)result.Attribute("outcome") ?? "");
        return new TestResults(
            results["Passed"].Count(),
            [.. results["Failed"].Select(Result)],
            [.. results.Where(outcome => outcome.Key is not ("Passed" or "Failed")).SelectMany(outcome => outcome).Select(Result)]);
    }

    private static TestResult Result(XElement result) => new(
        (string?)result.Attribute("testName") ?? "",
        result.Descendants(Trx + "Message").FirstOrDefault()?.Value.Trim() ?? "",
        result.Descendants(Trx + "StackTrace").FirstOrDefault()?.Value.Split('\n')
            .FirstOrDefault(line => line.Contains(":line ", StringComparison.Ordinal))?.Trim() ?? "");
}

/// <param name="Test">Full name.</param>
/// <param name="Message">Why it failed or was not run.</param>
/// <param name="Place">First line of the trace with a line number; empty if there is none.</param>
internal sealed record TestResult(string Test, string Message, string Place);
