using System.Text.RegularExpressions;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;

namespace Infra.Operations.Testing;

/// <summary>The test command: builds the tests, runs them, shows the results.</summary>
internal sealed partial class TestCommand(RunContext context)
{
    private const string Fast = "TestCategory!=Terraform&TestCategory!=Emulator";

    /// <summary>
    /// Variable with the folder in which every emulator records the permissions that were used: emulator/authorization/log.py.
    /// </summary>
    private const string RecordVariable = "INFRA_AUTHORIZATION_LOG";

    private string Project => Path.Combine(context.Checkout.Root, "Tests", "Tests.csproj");

    private string Assembly => Path.Combine(context.Checkout.Root, "Tests", "bin", "Debug", "net10.0", "Infra.Tests.dll");

    public async Task<ExitCode> RunAsync(bool fast, string? filter, bool rows)
    {
        if (rows)
        {
            // The page is compared with the tests by a test.
            string page = File.ReadAllText(Path.Combine(context.Checkout.Root, "docs", "requirements-status.md"));
            context.Reporter.Line(page[page.IndexOf("## Tests by row", StringComparison.Ordinal)..].TrimEnd());
            return ExitCode.Ok;
        }

        await BuildAsync();
        TestResults results = await context.Reporter.WithStatusAsync(
            "starting", () => Expression(fast, filter) is { } expression ? RunTestsAsync(expression) : RunAllAsync());
        Show(results, fast);
        return results is { Failed: 0, Passed: > 0 } ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>Filter expression of the test platform; null means all tests.</summary>
    internal static string? Expression(bool fast, string? filter)
    {
        string? named = string.IsNullOrWhiteSpace(filter)
            ? null
            : Operator().IsMatch(filter)
            ? $"({filter})"
            : $"FullyQualifiedName~{filter}";
        return (fast, named) switch
        {
            (true, null) => Fast,
            (true, _) => $"{Fast}&{named}",
            _ => named,
        };
    }

    private async Task BuildAsync()
    {
        if (!File.Exists(Project))
            throw OperationException.BadInput($"{context.Checkout.Show(Project)} is missing", "run from a complete checkout");
        // The launcher has already generated the bindings; the build does not have to check again.
        ProcessResult build = await context.Reporter.WithStatusAsync("building the tests", () => context.Runner.RunAsync(
            new ProcessRequest("dotnet", "build", Project, "-nologo", "-v:quiet", "-p:BindingsReady=true", "-clp:NoSummary;ErrorsOnly")
            {
                WorkingDirectory = context.Checkout.Root,
                OnOutput = context.Log.Write,
            }));
        if (build.ExitCode != 0)
            throw OperationException.Failed("the tests do not build", build.Output.Trim());
    }

    /// <summary>
    /// All tests: those that deploy to the emulator, which mostly wait, in parallel with the others; then those of the authorization
    /// records.
    /// </summary>
    private async Task<TestResults> RunAllAsync()
    {
        string record = context.Variables[RecordVariable] is { } chosen
            ? Path.GetFullPath(chosen)
            : Path.Combine(context.Checkout.WorkFolder, "used-permissions");
        if (Directory.Exists(record))
            Directory.Delete(record, recursive: true);
        Directory.CreateDirectory(record);
        // The tests of the workflows run one after the other and take longest: in a run of their own they start first.
        TestResults[] results = await Task.WhenAll(
            RunTestsAsync("TestCategory=Workflows", record),
            RunTestsAsync("TestCategory=Emulator&TestCategory!=Workflows&TestCategory!=Record", record),
            RunTestsAsync("TestCategory!=Emulator"));
        return results.Aggregate((all, some) => all.And(some)).And(await RunTestsAsync("TestCategory=Record", record));
    }

    private async Task<TestResults> RunTestsAsync(string expression, string? record = null)
    {
        string folder = Path.Combine(context.Checkout.WorkFolder, "test-results", Guid.NewGuid().ToString("n"));
        int passed = 0;
        context.Reporter.Step($"running the tests ({expression})");
        ProcessResult run = await context.Runner.RunAsync(
            new ProcessRequest(
                "dotnet",
                ["test", Assembly, "--logger", "console;verbosity=normal", "--logger", "trx;LogFileName=results.trx", "--results-directory",
                    folder, "--filter", expression])
            {
                Variables = record is null
                    ? new Dictionary<string, string?>()
                    : new Dictionary<string, string?> { [RecordVariable] = record },
                WorkingDirectory = context.Checkout.Root,
                OnOutput = line => passed += Progress(line, passed) ? 1 : 0,
                OnError = context.Log.Write,
            });
        string results = Path.Combine(folder, "results.trx");
        if (!File.Exists(results))
            throw OperationException.Failed("the tests did not run",
                $"{string.Join('\n', (run.Output + run.Error).Trim().Split('\n').TakeLast(15))}\nfull log: {context.Log.Path}");
        TestResults read = TestResults.Read(results);
        Directory.Delete(folder, recursive: true);
        // The process can fail although every test passed: a crash, or a failed tear-down of a fixture.
        if (run.ExitCode != 0 && read.Failed == 0 && read.Passed > 0)
            throw OperationException.Failed(
                $"the test run ended with exit code {run.ExitCode} after {read.Passed} passed", $"full log: {context.Log.Path}");
        return read;
    }

    private bool Progress(string line, int passed)
    {
        context.Log.Write(line);
        Match match = Outcome().Match(line);
        if (!match.Success)
            return false;
        string test = match.Groups["test"].Value;
        if (match.Groups["outcome"].Value == "Failed")
            context.Reporter.Error($"  failed {test}");
        else if (match.Groups["unit"].Value is "s" or "m" or "h")
            context.Reporter.Detail($"  passed {test}");
        context.Reporter.Status($"{passed} passed, last: {test}");
        return match.Groups["outcome"].Value == "Passed";
    }

    private void Show(TestResults results, bool fast)
    {
        Reporter reporter = context.Reporter;
        foreach (TestResult failure in results.Failures)
        {
            reporter.Error($"FAILED {failure.Test}");
            foreach (string line in failure.Message.Split('\n'))
                reporter.Line($"    {line.TrimEnd()}");
            if (failure.Place.Length > 0)
                reporter.Detail($"    {failure.Place}");
        }

        foreach (TestResult skipped in results.Skipped)
            reporter.Warn($"not run: {skipped.Test}: {(skipped.Message.Length > 0 ? skipped.Message : "no reason is given")}");
        if (fast)
            reporter.Detail("not run because of --fast: tests that need Terraform or the local AWS; ./infra test runs all");
        if (results.Passed + results.Failed == 0)
            reporter.Warn("no test matches");
        string summary = $"{results.Passed} passed, {results.Failed} failed";
        if (results.Failed == 0)
            reporter.Good(summary);
        else
            reporter.Error(summary);
    }

    [GeneratedRegex(@"^\s+(?<outcome>Passed|Failed) (?<test>.+?)(?: \[(?:< )?\d+ ?(?<unit>ms|s|m|h).*\])?$")]
    private static partial Regex Outcome();

    // Characters of a vstest filter expression that are not part of a test's name.
    [GeneratedRegex("[=~&|]")]
    private static partial Regex Operator();
}
