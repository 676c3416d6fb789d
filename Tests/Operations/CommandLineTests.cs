using Infra.Operations;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations;

/// <summary>The command line as a user meets it, with everything that would reach out left out.</summary>
[NonParallelizable]
internal sealed class CommandLineTests
{
    private TextWriter _consoleOutput = null!;
    private TextWriter _consoleError = null!;
    private StringWriter _shown = null!;
    private string? _chosen;

    [SetUp]
    public void SetUp()
    {
        (_consoleOutput, _consoleError) = (Console.Out, Console.Error);
        _shown = new StringWriter();
        Console.SetOut(_shown);
        Console.SetError(_shown);
        _chosen = Environment.GetEnvironmentVariable("INFRA_ENV");
        Environment.SetEnvironmentVariable("INFRA_ENV", null);
    }

    [TearDown]
    public void TearDown()
    {
        Console.SetOut(_consoleOutput);
        Console.SetError(_consoleError);
        _shown.Dispose();
        Environment.SetEnvironmentVariable("INFRA_ENV", _chosen);
    }

    [Test]
    public async Task UnknownVerb_SuggestsTheNearest()
    {
        using var surroundings = new Surroundings();
        ExitCode exitCode = await Launcher.RunAsync(["deplyo"], surroundings.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(_shown.ToString(), Does.Contain("deploy"));
        }
    }

    [TestCase("deploy")]
    [TestCase("destroy")]
    [TestCase("plan")]
    [TestCase("synth")]
    [TestCase("bootstrap")]
    [TestCase("test")]
    [TestCase("setup")]
    [TestCase("emulator")]
    [TestCase("map")]
    [TestCase("layer")]
    [TestCase("access")]
    public async Task Help_OfEveryVerb_TeachesByExample(string verb)
    {
        using var surroundings = new Surroundings();
        ExitCode exitCode = await Launcher.RunAsync([verb, "--help"], surroundings.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Ok));
            Assert.That(_shown.ToString(), Does.Contain("Examples:").And.Contain($"./infra {verb}"));
        }
    }

    [Test]
    public async Task Help_OfTheProgram_NamesTheExitCodes()
    {
        using var surroundings = new Surroundings();
        await Launcher.RunAsync(["--help"], surroundings.Context);
        Assert.That(_shown.ToString(), Does.Contain("3 wrong account").And.Contain("./infra [command]"));
    }

    [Test]
    public async Task NoArguments_NoEnvironmentChosen_ListsWhatThereIs()
    {
        using var surroundings = new Surroundings();
        surroundings.Write("environments/dev.json", "{}");
        surroundings.Write("environments/prod.json", "{}");
        ExitCode exitCode = await Launcher.RunAsync([], surroundings.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(surroundings.Problems.ToString(), Does.Contain("dev, prod").And.Contain("INFRA_ENV"));
        }
    }

    [Test]
    public async Task EnvironmentWithFindings_AreShownOnePerLine()
    {
        using var surroundings = new Surroundings();
        surroundings.Write("environments/dev.json", "{ \"name\": \"dev\", \"servces\": {} }");
        ExitCode exitCode = await Launcher.RunAsync(["synth", "--env", "dev"], surroundings.Context);
        string[] lines = surroundings.Problems.ToString().Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(lines, Has.Some.Match("dev\\.json:1:\\d+  servces  .*services"));
        }
    }

    [Test]
    public async Task Unforeseen_IsOneLineAndTheTraceIsInTheLog()
    {
        using var surroundings = new Surroundings(_ => throw new InvalidDataException("torn"));
        surroundings.Write("environments/dev.json", """{ "name": "dev", "project": "tap", "account": "111111111111", "region": "us-east-1" }""");
        ExitCode exitCode = await Launcher.RunAsync(["synth", "--env", "dev"], surroundings.Context);
        string problems = surroundings.Problems.ToString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(problems, Does.Contain("InvalidDataException: torn").And.Contain(".infra/logs/").And.Not.Contain("   at "));
            Assert.That(await File.ReadAllTextAsync(surroundings.LogPath), Does.Contain("   at Infra."));
        }
    }

    [Test]
    public async Task DestroyBootstrap_IsRefusedBeforeAnythingElse()
    {
        using var surroundings = new Surroundings();
        ExitCode exitCode = await Launcher.RunAsync(["destroy", "bootstrap"], surroundings.Context);
        Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
    }
}
