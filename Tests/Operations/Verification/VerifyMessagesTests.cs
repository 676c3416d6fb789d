using Infra.Naming;
using Infra.Operations.Output;
using Infra.Operations.Verification;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Verification;

/// <summary>What failed checks say.</summary>
internal sealed class VerifyMessagesTests
{
    // What Docker prints without a running daemon, and without the plugin buildx.
    [TestCase("ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n",
        "ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?")]
    [TestCase("unknown flag: --output\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n",
        "unknown flag: --output")]
    [TestCase("docker: 'buildx' is not a docker command.\nSee 'docker --help'\n", "docker: 'buildx' is not a docker command.")]
    [Property("Finding", "U23")]
    public void Docker_ThatFails_IsReportedByItsCause_NotByTheHintAtItsHelp(string error, string cause) =>
        Assert.That(ApplicationChecks.Problem(error), Is.EqualTo(cause));

    [Test, Property("Finding", "U24")]
    public void DiscoveryParameter_ThatDoesNotExist_IsASentence()
    {
        using var aws = new FakeAws();
        aws.Tell("GetParameter", """{ "__type": "ParameterNotFound", "message": "" }""", 400);
        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => InfrastructureChecks.DiscoveredAsync(aws.Access(), new Names("acme", "dev", "111111111111"),
                "services/web/url", default))!;
        Assert.That(failure.Message, Does.EndWith("services/web/url does not exist: its stack is not deployed, or runtime is asleep"));
    }
}
