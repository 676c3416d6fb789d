using System.CommandLine;
using System.Text.RegularExpressions;
using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;
using Infra.Operations.Workspace;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations;

/// <summary>The command line as a user runs it, without commands that need AWS or programs.</summary>
[NonParallelizable]
internal sealed partial class CommandLineTests
{
    private TextWriter _consoleOutput = null!;
    private TextWriter _consoleError = null!;
    private StringWriter _shown = null!;

    [SetUp]
    public void SetUp()
    {
        (_consoleOutput, _consoleError) = (Console.Out, Console.Error);
        _shown = new StringWriter();
        Console.SetOut(_shown);
        Console.SetError(_shown);
    }

    [TearDown]
    public void TearDown()
    {
        Console.SetOut(_consoleOutput);
        Console.SetError(_consoleError);
        _shown.Dispose();
    }

    [Test]
    public async Task UnknownVerb_SuggestsTheClosestMatch()
    {
        using var host = new TestHost();
        ExitCode exitCode = await Launcher.RunAsync(["deplyo"], host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(host.Problems.ToString(), Does.Contain("deploy"));
        }
    }

    [Test]
    public async Task Help_OfEveryVerb_HasExamples_AndTheDocumentsListIt()
    {
        using var host = new TestHost();
        await Launcher.RunAsync(["--help"], host.Context);
        string[] verbs = [.. CommandLine().Matches(_shown.ToString().Split("Commands:")[1]).Select(match => match.Groups[1].Value)];
        string document = File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs", "operations.md"));
        Assert.That(verbs, Has.Length.GreaterThan(20).And.Contains("deploy"));
        foreach (string verb in verbs)
        {
            _shown.GetStringBuilder().Clear();
            ExitCode exitCode = await Launcher.RunAsync([verb, "--help"], host.Context);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(exitCode, Is.EqualTo(ExitCode.Ok));
                Assert.That(_shown.ToString(), Does.Match("Examples?:|One example each:").And.Contain($"./infra {verb}"), verb);
                Assert.That(document, Does.Match($@"(?m)^\|.*`{verb}[ `]"), "the table of verbs in docs/operations.md");
            }
        }
    }

    [Test]
    public void EveryVerb_IsRegisteredOnce()
    {
        using var host = new TestHost();
        IEnumerable<Command> registered = RegisteredVerbs.Root(host.Context).Subcommands
            .SelectMany(command => command is VerbGroup ? command.Subcommands : command.Subcommands.Prepend(command));
        Assert.That(
            registered.Select(verb => verb.GetType()),
            Is.EquivalentTo(typeof(Verb).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Verb)))));
    }

    [Test]
    public async Task Help_OfTheProgram_NamesTheExitCodes()
    {
        using var host = new TestHost();
        await Launcher.RunAsync(["--help"], host.Context);
        Assert.That(_shown.ToString(), Does.Contain("3 wrong account").And.Contain("./infra [command]"));
    }

    [Test, Property("Finding", "U14")]
    public async Task NoArguments_ShowTheHelp_WhateverTheEnvironmentIs()
    {
        using var host = new TestHost(
            variables: new EnvironmentVariables(new Dictionary<string, string> { [SessionOptions.EnvironmentVariable] = "dev" }));
        ExitCode exitCode = await Launcher.RunAsync([], host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Ok));
            Assert.That(_shown.ToString(), Does.Contain("./infra [command]").And.Contain("Exit codes:"));
        }
    }

    [TestCase("help", "--help")]
    [TestCase("help help", "--help")]
    [TestCase("help deploy", "deploy --help")]
    [TestCase("help layer pack", "layer pack --help")]
    [TestCase("help --env dev deploy", "deploy --help")]
    public async Task HelpAsAWord_ShowsWhatTheOptionShows(string line, string withOption)
    {
        using var host = new TestHost();
        Assert.That(await Launcher.RunAsync(withOption.Split(' '), host.Context), Is.EqualTo(ExitCode.Ok));
        string expected = _shown.ToString();
        _shown.GetStringBuilder().Clear();
        ExitCode exitCode = await Launcher.RunAsync(line.Split(' '), host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Ok));
            Assert.That(expected, Is.Not.Empty);
            Assert.That(_shown.ToString(), Is.EqualTo(expected));
        }
    }

    [Test, Property("Finding", "U30")]
    public async Task Help_ListsTheVerbsBySection()
    {
        using var host = new TestHost();
        await Launcher.RunAsync(["--help"], host.Context);
        Assert.That(_shown.ToString(), Does.Match(@"(?s)\nDeploy:\n  setup .*\nRelease applications:\n  release .*\nOperate:\n  status "));
    }

    [TestCase("test", "--fast", "--env --profile --yes --dry-run --emulator --lock-timeout")]
    [TestCase("cost", "--env", "--profile --yes --dry-run --emulator --lock-timeout")]
    [TestCase("status", "--env --profile --emulator", "--yes --dry-run --lock-timeout")]
    [TestCase("deploy", "--env --profile --yes --dry-run --emulator --lock-timeout", "")]
    [Property("Finding", "U30")]
    public async Task Help_OfAVerb_ListsOnlyOptionsThatApply(string verb, string listed, string others)
    {
        using var host = new TestHost();
        await Launcher.RunAsync([verb, "--help"], host.Context);
        string options = _shown.ToString().Split("Options:")[1].Split("Examples:")[0];
        using (Assert.EnterMultipleScope())
        {
            foreach (string option in listed.Split(' '))
                Assert.That(options, Does.Contain($"{option} ").Or.Contain($"{option}\n"), option);
            foreach (string option in others.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Assert.That(options, Does.Not.Contain(option), option);
        }
    }

    [TestCase("diff", "./infra has no command diff; did you mean plan?")]
    [TestCase("deplyo", "./infra has no command deplyo; did you mean deploy?")]
    [TestCase("layer pak x y", "./infra layer has no command pak; did you mean pack?")]
    [TestCase("layer", "./infra layer needs a command; available: deploy, pack, publish, rollback, list")]
    [TestCase("help deplyo", "./infra has no command deplyo; did you mean deploy?")]
    [TestCase("help layer pak", "./infra layer has no command pak; did you mean pack?")]
    [TestCase("deploy --dryrun", "./infra deploy has no option --dryrun; did you mean --dry-run?")]
    [TestCase("sleep --hours 3", "./infra sleep has no option --hours")]
    [TestCase("cost dev", "./infra cost does not expect dev")]
    [TestCase("release", "./infra release needs SERVICE, IMAGE")]
    [TestCase("promote --from beta", "./infra promote needs --to NAME")]
    [TestCase("plan --env", "--env needs a value: NAME")]
    [TestCase("deploy --lock-timeout x", "--lock-timeout x: expected a whole number")]
    [TestCase("sleep --for long", "--for long: expected a number")]
    [Property("Finding", "U22")]
    public async Task Mistake_IsDescribedInTheWordsOfTheHelp(string line, string problem)
    {
        using var host = new TestHost();
        ExitCode exitCode = await Launcher.RunAsync(line.Split(' '), host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(host.Problems.ToString(), Does.Contain($"error: {problem}").And.Contain("--help lists what is available"));
            Assert.That(host.Problems.ToString() + _shown, Does.Not.Contain("System."));
        }
    }

    [Test, Property("Finding", "U28")]
    public async Task LockTimeout_BelowZero_IsRefused()
    {
        using var host = new TestHost();
        ExitCode exitCode = await Launcher.RunAsync(["deploy", "--lock-timeout", "-5"], host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(host.Problems.ToString(), Does.Contain("error: --lock-timeout -5: expected 0 or more"));
        }
    }

    [Test, Property("Finding", "U17")]
    public async Task Promotion_BetweenEnvironmentsWithoutACommonService_IsBadInput()
    {
        using var host = new TestHost();
        string[] files =
        [
            .. new[] { "one", "two" }.Select(name => host.Write(
                $"{name}.json",
                $$"""{ "name": "{{name}}", "project": "acme", "account": "111111111111", "region": "us-east-1", "emulator": true }""")),
        ];
        ExitCode exitCode = await Launcher.RunAsync(["promote", "--from", files[0], "--to", files[1]], host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(host.Problems.ToString(), Does.Contain("one and two have no service in common; nothing was released"));
        }
    }

    [Test, Property("Finding", "U27")]
    public async Task OutputFolder_ThatCannotBeCreated_IsBadInput()
    {
        using var host = new TestHost();
        host.Write("environments/dev.json", """{ "name": "dev", "project": "tap", "account": "111111111111", "region": "us-east-1" }""");
        string file = Path.Combine(host.Context.Checkout.Root, "environments", "dev.json");
        ExitCode exitCode = await Launcher.RunAsync(["synth", "--env", "dev", "--out", Path.Combine(file, "out")], host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(host.Problems.ToString(), Does.Contain($"the output folder {file}").And.Contain("--out DIR"));
        }
    }

    [Test]
    public async Task NoEnvironmentChosen_ListsTheAvailable()
    {
        using var host = new TestHost();
        host.Write("environments/dev.json", "{}");
        host.Write("environments/prod.json", "{}");
        ExitCode exitCode = await Launcher.RunAsync(["synth"], host.Context);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(host.Problems.ToString(), Does.Contain("dev, prod").And.Contain("INFRA_ENV"));
        }
    }

    [TestCase("dev", new string[0], "environments/dev.json")]
    [TestCase("dev", new[] { "--env", " " }, "environments/dev.json", TestName = "a blank option counts as unset")]
    [TestCase("dev", new[] { "--env", "prod" }, "environments/prod.json")]
    public async Task Environment_OfTheVariable_UnlessAnOptionSelectsOne(string variable, string[] options, string expected)
    {
        using var host = new TestHost(
            variables: new EnvironmentVariables(new Dictionary<string, string> { [SessionOptions.EnvironmentVariable] = variable }));
        host.Write("environments/dev.json", "{}");
        host.Write("environments/prod.json", "{}");
        await Launcher.RunAsync(["synth", .. options], host.Context);
        Assert.That(host.Problems.ToString(), Does.Contain($"{expected}:1:1"));
    }

    [Test]
    public async Task EnvironmentWithFindings_AreShownOnePerLine()
    {
        using var host = new TestHost();
        host.Write("environments/dev.json", "{ \"name\": \"dev\", \"servces\": {} }");
        ExitCode exitCode = await Launcher.RunAsync(["synth", "--env", "dev"], host.Context);
        string[] lines = host.Problems.ToString().Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(lines, Has.Some.Match("dev\\.json:1:\\d+  servces  .*services"));
        }
    }

    [Test]
    public async Task UnexpectedError_IsOneLineAndTheStackTraceIsInTheLog()
    {
        using var host = new TestHost(_ => throw new InvalidDataException("torn"));
        host.Write("environments/dev.json", """{ "name": "dev", "project": "tap", "account": "111111111111", "region": "us-east-1" }""");
        ExitCode exitCode = await Launcher.RunAsync(["synth", "--env", "dev"], host.Context);
        string problems = host.Problems.ToString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(problems, Does.Contain("InvalidDataException: torn").And.Contain(".infra/logs/").And.Not.Contain("   at "));
            Assert.That(await File.ReadAllTextAsync(host.LogPath), Does.Contain("   at Infra."));
        }
    }

    [Test]
    public async Task DeniedByAws_ToAClientOfTheSdk_IsAFindingAndNotAnUnexpectedError()
    {
        const string Caller = "arn:aws:sts::111111111111:assumed-role/acme-plan/ada";
        using var aws = new FakeAws();
        aws.Tell("GET /acme-state/acme/dev/base", $"""
            <Error><Code>AccessDenied</Code><Message>User: {Caller} is not authorized to perform: s3:GetObject on resource:
             "arn:aws:s3:::acme-state/acme/dev/base" because no identity-based policy allows the s3:GetObject action</Message></Error>
            """.ReplaceLineEndings(""), 403);
        using var host = new TestHost(_ =>
        {
            new StateBucket(aws.Access(), "acme-state", "acme-locks").ResourceCountAsync("acme/dev/base", default).GetAwaiter().GetResult();
            return new SynthesisResult([]);
        });
        host.Write("environments/dev.json", """{ "name": "dev", "project": "tap", "account": "111111111111", "region": "us-east-1" }""");
        ExitCode exitCode = await Launcher.RunAsync(["synth", "--env", "dev"], host.Context);
        string problems = host.Problems.ToString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(problems, Does.Contain(
                $"{Caller} is not authorized to perform s3:GetObject on arn:aws:s3:::acme-state/acme/dev/base, because no identity-based "
                    + "policy allows the s3:GetObject action"));
            Assert.That(problems, Does.Contain("docs/operations.md").And.Not.Contain("unexpected").And.Not.Contain("Exception"));
        }
    }

    [Test]
    public async Task DestroyBootstrap_IsRefusedBeforeAnythingElse()
    {
        using var host = new TestHost();
        ExitCode exitCode = await Launcher.RunAsync(["destroy", "bootstrap"], host.Context);
        Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
    }

    [GeneratedRegex(@"(?m)^  ([a-z]+)\s")]
    private static partial Regex CommandLine();
}
