using Infra.Operations.LocalAws;
using Infra.Operations.Processes;
using NUnit.Framework;

namespace Infra.Tests.Operations.Emulator;

[Property("Finding", "U19")]
internal sealed class EmulatorVariablesTests
{
    private static readonly Uri Url = new("http://127.0.0.1:4321");

    [Test]
    public async Task Bash_SetsTheVariables_AndRemovesOtherCredentials()
    {
        string script = string.Join('\n', EmulatorVariables.Of(Url, "111111111111", "us-east-2", EmulatorVariables.Bash));
        using var interruption = new Interruption();
        ProcessResult result = await new ProcessRunner(interruption, EnvironmentVariables.OfThisProcess()).RunAsync(
            new ProcessRequest(
                "bash", "-c",
                $"{script}\necho $AWS_ENDPOINT_URL $AWS_REGION $AWS_DEFAULT_REGION $AWS_ACCESS_KEY_ID ${{AWS_SESSION_TOKEN-none}} "
                    + "${AWS_PROFILE-none}")
            {
                Variables = new Dictionary<string, string?> { ["AWS_SESSION_TOKEN"] = "other", ["AWS_PROFILE"] = "other" },
            });
        Assert.That(result.Output.Trim(), Is.EqualTo("http://127.0.0.1:4321 us-east-2 us-east-2 111111111111 none none"), result.Error);
    }

    [Test]
    public void PowerShell_HasItsOwnSyntax() => Assert.That(
        EmulatorVariables.Of(Url, "111111111111", "us-east-2", EmulatorVariables.PowerShell),
        Does.Contain("$env:AWS_ENDPOINT_URL = 'http://127.0.0.1:4321'")
            .And.Contain("Remove-Item Env:AWS_PROFILE -ErrorAction SilentlyContinue").And.None.StartsWith("export"));
}
