using System.Xml.Linq;

namespace Infra.Operations.Testing;

/// <summary>Results of a test run, read from the results file (trx) of the test platform.</summary>
/// <param name="Passed">Number of tests that passed.</param>
/// <param name="Failed">Number that failed.</param>
/// <param name="Skipped">Number of tests that were found, but not run.</param>
/// <param name="Failures">Failed tests, each with its message and the first line of its trace.</param>
internal sealed record TestResults(int Passed, int Failed, int Skipped, IReadOnlyList<TestFailure> Failures)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The combined results of both runs.</summary>
    public TestResults And(TestResults other) =>
        new(Passed + other.Passed, Failed + other.Failed, Skipped + other.Skipped, [.. Failures, .. other.Failures]);

    public static TestResults Read(string file)
    {
        XElement[] results = XDocument.Load(file).Descendants(Trx + "UnitTestResult").ToArray();
        int Count(string outcome) => results.Count(result => (string?)result.Attribute("outcome") == outcome);
        TestFailure[] failures = results.Where(result => (string?)result.Attribute("outcome") == "Failed").Select(result => new TestFailure(
            (string?)result.Attribute("testName") ?? "",
            result.Descendants(Trx + "Message").FirstOrDefault()?.Value.Trim() ?? "",
            result.Descendants(Trx + "StackTrace").FirstOrDefault()?.Value.Split('\n')
                .FirstOrDefault(line => line.Contains(":line ", StringComparison.Ordinal))?.Trim() ?? ""))
            .ToArray();
        int passed = Count("Passed");
        int failed = failures.Length;
        return new TestResults(passed, failed, results.Length - passed - failed, failures);
    }
}

internal sealed record TestFailure(string Test, string Message, string Place);
