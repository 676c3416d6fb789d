using Infra.Operations.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations;

/// <summary>Completion of command lines in shells.</summary>
internal sealed class CompletionTests
{
    private static readonly string Root = Checkout.Find().Root;

    private static IEnumerable<TestCaseData> Lines =>
    [
        new("dep", "deploy"),
        new("database b", "backups"),
        new("plan --dry", "--dry-run"),
        new("plan --env lo", "local"),
        new("plan -e ", "dev local prod"),
        new("release ba --env=", ""),
        new("release --env dev ba", "backend"),
        new("release --env missing ba", ""),
        new("completion ", "bash fish powershell zsh"),
        new("unknown ", ""),
    ];

    [TestCaseSource(nameof(Lines))]
    public void Candidates_BeginWithTheLastWord(string line, string candidates) =>
        Assert.That(string.Join(' ', Completions.Of(line, Root)), Is.EqualTo(candidates));

    [Test]
    public void Services_AreThoseOfTheVariablesEnvironment_IfTheLineNamesNone() =>
        Assert.That(Completions.Of("release ba", Root, "dev"), Is.EqualTo(new[] { "backend" }));

    [Test]
    public void Options_AreThoseOfTheVerb()
    {
        Assert.That(Completions.Of("targets --", Root), Does.Contain("--help").And.Not.Contain("--lock-timeout"));
        Assert.That(Completions.Of("deploy --", Root), Does.Contain("--lock-timeout"));
    }

    /// <summary>bash as a user has it, with the program of the last build.</summary>
    [TestCase("./infra database res", "restore")]
    [TestCase("infra plan --env pr", "prod")]
    public async Task Bash_Completes(string line, string completed)
    {
        using var interruption = new Interruption();
        ProcessResult result = await new ProcessRunner(interruption, EnvironmentVariables.OfThisProcess()).RunAsync(new ProcessRequest("bash", "-euc", """
            cd "$1"
            PATH=$1:$PATH
            source <(./infra completion bash)
            COMP_LINE=$2 COMP_POINT=${#2}
            read -ra COMP_WORDS <<< "$2"
            _infra_completion
            printf '%s\n' "${COMPREPLY[@]}"
            complete -p infra
            """, "-", Root, line));

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Is.EqualTo($"{completed}\ncomplete -o default -F _infra_completion infra\n"));
    }

    [Test]
    public async Task AnotherShell_IsAFinding()
    {
        using var host = new TestHost();

        Assert.That(await Launcher.RunAsync(["completion", "tcsh"], host.Context), Is.EqualTo(ExitCode.BadInput));
        Assert.That(host.Problems.ToString(), Does.Contain("tcsh").And.Contain("bash").And.Contain("zsh"));
    }
}
