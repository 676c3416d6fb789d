using Infra.Operations.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Doctor;

/// <summary><c>./infra doctor --production</c> without access to AWS.</summary>
[Property("Row", "D-L5")]
internal sealed class DoctorCommandTests
{
    private static string Root => Checkout.Find().Root;

    [Test]
    public async Task WithoutOption_SaysWhatIsMissing()
    {
        using var host = new TestHost();

        Assert.That(await Launcher.RunAsync(["doctor"], host.Context), Is.EqualTo(ExitCode.BadInput));
        Assert.That(host.Problems.ToString(), Does.Contain("doctor needs what to check").And.Contain("./infra doctor --production"));
    }

    [TestCase("acme", ExitCode.BadInput, "acme is no repository", "owner/name, for example acme/shop")]
    [TestCase("acme/none", ExitCode.BadInput, "no environment file names acme/none", "available: acme/shop")]
    public async Task GitHub_OfAnUnknownRepository_SaysWhatIsAllowed(string repository, ExitCode expected, string message, string remedy)
    {
        using TestHost host = HostWithoutCredentials(("GITHUB_TOKEN", "token"));
        host.Write("environments/prod.json", ProductionEnvironment.Ready.Replace("@/", $"{Root}/", StringComparison.Ordinal));

        Assert.That(await Launcher.RunAsync(["doctor", "github", "--repository", repository], host.Context), Is.EqualTo(expected));
        Assert.That(host.Problems.ToString(), Does.Contain(message).And.Contain(remedy));
    }

    [Test]
    public async Task WithoutCredentials_SettingsAreChecked_AndTheAccountIsNot()
    {
        using TestHost host = HostWithoutCredentials();

        ExitCode exitCode = await Launcher.RunAsync(
            ["doctor", "--production", "--env", Path.Combine(Root, "environments/prod.json")], host.Context);

        string output = host.Output.ToString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(output, Does.Match("not met +budget +no section budget; fix: "));
            Assert.That(output, Does.Match("met +database-standby +1 with a standby"));
            Assert.That(output, Does.Match("not checked +reviewers +GITHUB_TOKEN is not set"));
            Assert.That(output, Does.Match("not checked +certificates +no access: AWS profile missing is not in"));
            Assert.That(output, Does.Match("production readiness of shop prod: 16 met, 7 not met, 7 not checked, 0 not applicable"));
        }
    }

    [Test]
    public async Task GivenProfile_ThatDoesNotExist_IsAnError()
    {
        using TestHost host = HostWithoutCredentials();

        ExitCode exitCode = await Launcher.RunAsync(
            ["doctor", "--production", "--env", Path.Combine(Root, "environments/prod.json"), "--profile", "acme-none"], host.Context);

        Assert.That(exitCode, Is.EqualTo(ExitCode.WrongAccount));
        Assert.That(host.Problems.ToString(), Does.Contain("AWS profile acme-none is not in"));
    }

    [Test]
    public async Task ReadyEnvironment_ExitsWith0_AndWritesTheChecklist()
    {
        using TestHost host = HostWithoutCredentials();
        string file = host.Write("environments/prod.json", ProductionEnvironment.Ready.Replace("@/", $"{Root}/", StringComparison.Ordinal));
        string report = Path.Combine(Path.GetDirectoryName(file)!, "readiness.md");

        ExitCode exitCode = await Launcher.RunAsync(["doctor", "--production", "--env", file, "--report", report], host.Context);

        Assert.That(exitCode, Is.EqualTo(ExitCode.Ok), host.Output.ToString());
        Assert.That(await File.ReadAllLinesAsync(report), Does.Contain("# Production readiness of shop prod").And.Contain(
            "- [x] No schedule puts the environment to sleep (`always-on`). met: no schedule").And.Contain(
            "- [ ] The GitHub environment has required reviewers (`reviewers`). not checked: GITHUB_TOKEN is not set"));
    }

    [TestCase("""{ "protection_rules": [{ "type": "required_reviewers", "reviewers": [{}, {}] }] }""", "met +reviewers +prod: 2")]
    [TestCase("""{ "protection_rules": [] }""", "not met +reviewers +environment prod has no required reviewers; fix: ./infra github")]
    public async Task Reviewers_AreReadFromGitHub(string environment, string expected)
    {
        using var github = new FakeAws();
        github.Always("GET /repos/acme/shop/environments/prod", _ => new FakeAws.Answer(environment, 200));
        using TestHost host = HostWithoutCredentials(("GITHUB_TOKEN", "token"), ("GITHUB_API_URL", github.Url.ToString()));

        await Launcher.RunAsync(["doctor", "--production", "--env", Path.Combine(Root, "environments/prod.json")], host.Context);

        Assert.That(host.Output.ToString(), Does.Match(expected));
    }

    // A profile that does not exist: found without a request to the instance metadata service.
    private static TestHost HostWithoutCredentials(params (string Name, string Value)[] variables) => new(
        variables: new EnvironmentVariables(
            variables.Append(("AWS_PROFILE", "missing")).ToDictionary(variable => variable.Item1, variable => variable.Item2)));
}
