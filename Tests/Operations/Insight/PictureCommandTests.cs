using System.Xml.Linq;
using Infra.Contracts;
using Infra.Operations.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Operations.Support;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Insight;

/// <summary><c>./infra graph</c> and <c>report</c> from the command line to the file, on the stacks of an example.</summary>
[Property("Row", "X6")]
internal sealed class PictureCommandTests
{
    private readonly string _root = Checkout.Find().Root;
    private TestHost _host = null!;
    private string _folder = null!;

    private static string Environment => Path.Combine(Checkout.Find().Root, Example.Tap.File);

    [SetUp]
    public void SetUp()
    {
        _host = new TestHost(Synthesize, EnvironmentVariables.OfThisProcess());
        _folder = _host.Context.Checkout.Root;
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task Graph_WritesAPicture()
    {
        InstallLayoutProgram();
        string file = Path.Combine(_folder, "new", "tap.svg");
        ExitCode exitCode = await Launcher.RunAsync(["graph", "--env", Environment, "--out", file], _host.Context);
        Assert.That(exitCode, Is.EqualTo(ExitCode.Ok), _host.Problems.ToString());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(XDocument.Load(file).Root!.Name.LocalName, Is.EqualTo("svg"));
            Assert.That(_host.Output.ToString(), Does.Match(@"tap poc: \d+ resources and \d+ connections in .*tap\.svg"));
        }
    }

    [Test]
    public async Task Graph_WritesOnlyMermaidToTheOutput_WithoutTheLayoutProgram()
    {
        ExitCode exitCode = await Launcher.RunAsync(["graph", "--env", Environment, "--format", "mermaid"], _host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Ok), _host.Problems.ToString());
            Assert.That(
                _host.Output.ToString().ReplaceLineEndings("\n"),
                Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(_root, "Tests", "Insight", "Graph", "tap-poc.mmd"))));
        }
    }

    [TestCase("graph")]
    [TestCase("report")]
    public async Task WithoutTheLayoutProgram_TheMessageSaysWhatToDo(string verb)
    {
        ExitCode exitCode = await Launcher.RunAsync([verb, "--env", Environment, "--out", Path.Combine(_folder, "x")], _host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.ToolMissing));
            Assert.That(_host.Problems.ToString(), Does.Contain("elkjs").And.Contain("npm ci").And.Contain("--format mermaid"));
        }
    }

    [Test]
    public async Task Report_WritesAPage_WithoutAnAccount()
    {
        InstallLayoutProgram();
        string file = Path.Combine(_folder, "tap.html");
        ExitCode exitCode = await Launcher.RunAsync(["report", "--env", Environment, "--out", file], _host.Context);
        Assert.That(exitCode, Is.EqualTo(ExitCode.Ok), _host.Problems.ToString());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await File.ReadAllTextAsync(file), Does.StartWith("<!DOCTYPE html>").And.Contain("written without AWS"));
            Assert.That(_host.Output.ToString(), Does.Match(@"tap poc: \d+ resources in .*tap\.html"));
        }
    }

    private static SynthesisResult Synthesize(SynthesisRequest request)
    {
        foreach (string file in Directory.GetFiles(Example.Tap.Deployment.OutDir, "cdk.tf.json", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(request.OutDir, Path.GetRelativePath(Example.Tap.Deployment.OutDir, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return new SynthesisResult([]);
    }

    private void InstallLayoutProgram()
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder, "node_modules"), Path.Combine(_root, "node_modules"));
        _host.Write("Operations/Insight/layout.mjs", File.ReadAllText(Path.Combine(_root, "Operations", "Insight", "layout.mjs")));
    }
}
