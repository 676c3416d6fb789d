using Infra.Configuration.Findings;
using Infra.Operations.Findings;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Tests.Operations.Support;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Findings;

internal sealed class FindingReportTests
{
    private static readonly Rule Warning = new("services/warning", Severity.Warning, "A service is safe.");

    private readonly List<TestHost> _hosts = [];

    [TearDown]
    public void TearDown()
    {
        _hosts.ForEach(host => host.Dispose());
        _hosts.Clear();
    }

    [Test]
    public void OutsideOfGitHubActions_NothingIsPrinted()
    {
        TestHost host = Host();

        FindingReport.Publish(host.Context, "validate", Errors(1), sarif: null);

        Assert.That(host.Output.ToString(), Is.Empty);
    }

    [Test]
    public void Annotations_AreLimitedPerSeverity_AndTheOthersAreInTheSummary()
    {
        using var folder = new TemporaryFolder();
        string summary = folder.Write("summary.md", "before\n");
        TestHost host = Host(("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", summary));

        FindingReport.Publish(
            host.Context, "validate", [.. Errors(12), .. Errors(11).Select(error => error with { Rule = Warning })], sarif: null);

        string[] lines = host.Output.ToString().TrimEnd().Split('\n');
        Assert.That(lines.Count(line => line.StartsWith("::error ", StringComparison.Ordinal)), Is.EqualTo(10));
        Assert.That(lines.Count(line => line.StartsWith("::warning ", StringComparison.Ordinal)), Is.EqualTo(10));
        Assert.That(lines, Has.Length.EqualTo(20));
        string text = File.ReadAllText(summary);
        Assert.That(text, Does.StartWith("before\n"));
        Assert.That(text.Split('\n').Where(line => line.Contains("environments/", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "| error | `environments/dev.json:11:3` | `key11  wrong` |",
            "| error | `environments/dev.json:12:3` | `key12  wrong` |",
            "| warning | `environments/dev.json:11:3` | `key11  wrong` |",
        }));
    }

    [Test]
    public void FewFindings_NeedNoSummary()
    {
        using var folder = new TemporaryFolder();
        string summary = Path.Combine(folder.Path, "summary.md");
        TestHost host = Host(("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", summary));

        FindingReport.Publish(host.Context, "validate", Errors(10), sarif: null);

        Assert.That(host.Output.ToString().TrimEnd().Split('\n'), Has.Length.EqualTo(10));
        Assert.That(summary, Does.Not.Exist);
    }

    [Test]
    public void FindingOfASharedFile_IsShownOnce_WithAPathRelativeToTheRepository()
    {
        TestHost host = Host(("GITHUB_ACTIONS", "true"));
        Finding relative = Errors(1)[0];
        Finding absolute = relative with { File = Path.Combine(host.Context.Checkout.Root, relative.File) };

        FindingReport.Publish(host.Context, "validate", [absolute, relative, relative], sarif: null);

        Assert.That(
            host.Output.ToString().TrimEnd(),
            Is.EqualTo("::error file=environments/dev.json,line=1,col=3,title=file/form::key1  wrong"));
    }

    [Test]
    public void Secrets_AreInNoAnnotation_AndNotInSarif()
    {
        TestHost host = Host(("GITHUB_ACTIONS", "true"));
        host.Reporter.Redactor.Hide("hunter2-hunter2");
        string sarif = Path.Combine(host.Context.Checkout.Root, "out", "findings.sarif");

        FindingReport.Publish(host.Context, "validate", [Errors(1)[0] with { Message = "hunter2-hunter2 is wrong" }], sarif);

        Assert.That(host.Output.ToString(), Does.Contain("is wrong").And.Not.Contain("hunter2"));
        Assert.That(File.ReadAllText(sarif), Does.Contain("is wrong").And.Not.Contain("hunter2"));
    }

    [Test]
    public void AddressOfARule_IsThatOfTheRepository()
    {
        TestHost host = Host(("GITHUB_SERVER_URL", "https://github.com"), ("GITHUB_REPOSITORY", "acme/infra"));
        string sarif = Path.Combine(host.Context.Checkout.Root, "findings.sarif");

        FindingReport.Publish(host.Context, "validate", Errors(1), sarif);

        Assert.That((string?)JObject.Parse(File.ReadAllText(sarif)).SelectToken("runs[0].tool.driver.rules[0].helpUri"),
            Is.EqualTo("https://github.com/acme/infra/blob/HEAD/docs/rules.md#file"));
    }

    [Test]
    public void FileThatCannotBeWritten_IsAFinding()
    {
        TestHost host = Host();

        var failure = Assert.Throws<OperationException>(
            () => FindingReport.Publish(host.Context, "validate", [], host.Context.Checkout.Root));

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(failure.Message, Does.StartWith($"{host.Context.Checkout.Root} cannot be written: "));
    }

    private static Finding[] Errors(int count) =>
        [.. Enumerable.Range(1, count).Select(line => new Finding("environments/dev.json", line, 3, $"key{line}", "wrong"))];

    private TestHost Host(params (string Name, string Value)[] variables)
    {
        var host = new TestHost(variables: new EnvironmentVariables(variables.ToDictionary(each => each.Name, each => each.Value)));
        _hosts.Add(host);
        return host;
    }
}
