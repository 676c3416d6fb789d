using Infra.Operations.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Operations.Support;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>
/// Commands on pages exist, and those in blocks marked <c>sh runnable</c> run as shown: without an account, Terraform and the local AWS.
/// </summary>
[Property("Row", "D12"), Property("Row", "H11")]
internal sealed class GuideCommandsTests
{
    private static IEnumerable<FencedBlock> Runnable =>
        MarkdownPages.All.SelectMany(MarkdownPages.Blocks).Where(block => block.Info == "sh runnable");

    [Test]
    public void EveryCommand_NamesVerbsAndOptionsThatExist()
    {
        using var host = new TestHost();
        PageCommand[] commands = [.. MarkdownPages.All.SelectMany(PageCommand.Of)];

        Assert.That(commands, Has.Length.GreaterThan(200));
        Assert.That(
            from command in commands
            let problem = command.Problem(host.Context)
            where problem is not null
            select $"{command.Place}: {command.Text}: {problem}",
            Is.Empty);
    }

    [TestCase("./infra deplyo --env dev", "there is no verb deplyo")]
    [TestCase("./infra layer publsh x --env dev", "there is no verb publsh")]
    [TestCase("./infra deploy --skip-nothing", "deploy has no option --skip-nothing")]
    [TestCase("./infra cost --json --env dev", null)]
    [TestCase("./infra rollback SERVICE --env prod --to 3", null)]
    [TestCase("./infra VERB --help", null)]
    public void Problem_NamesWhatDoesNotExist(string text, string? expected)
    {
        using var host = new TestHost();
        Assert.That(new PageCommand("page.md:1", text).Problem(host.Context), Is.EqualTo(expected));
    }

    [Test]
    public void Guides_HaveRunnableBlocks() =>
        Assert.That(Runnable.Select(block => block.Page).Distinct().Count(), Is.GreaterThanOrEqualTo(6));

    [TestCaseSource(nameof(Runnable))]
    public async Task RunnableBlock_RunsAsShown(FencedBlock block)
    {
        using var folder = new TemporaryFolder();
        foreach (string line in block.Lines.Where(line => line.Length > 0))
        {
            Assert.That(line, Does.StartWith("./infra "), "a runnable block has only commands of ./infra");
            int expected = line.Contains("# exit code 1", StringComparison.Ordinal) ? 1 : 0;
            var output = new StringWriter();
            // A profile that does not exist: found without a request to the instance metadata service.
            var variables = new EnvironmentVariables(new Dictionary<string, string>
            {
                [Checkout.WorkFolderVariable] = folder.Path,
                ["CDKTF_OUTDIR"] = Path.Combine(folder.Path, "cdktf.out"),
                ["AWS_PROFILE"] = "missing",
            });
            using var interruption = new Interruption();

            ExitCode exitCode = await Launcher.RunAsync(
                new PageCommand(block.ToString(), line.Split('#')[0].Trim()).Arguments, Jsii.Synthesize, variables,
                new Reporter(output, output, interactive: false), interruption);

            Assert.That((int)exitCode, Is.EqualTo(expected), $"{line}\n{output}");
        }
    }
}
