using Infra.Configuration;
using Infra.Operations.GitHub;
using Infra.Tests.Configuration;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>The picture in the README of system P is the one of its environment files.</summary>
[Property("Row", "P-L6")]
internal sealed class DeploymentPictureTests
{
    private static readonly LoadedEnvironment[] Environments =
        [Example.PythonSandbox.Environment, Example.PythonProduction.Environment];

    [Test]
    public void Readme_HasTheCurrentPicture() => GeneratedPage.Verify(
        "../examples/python-frameworks/README.md", $"\n```mermaid\n{DeploymentPicture.Of(Environments)}\n```\n");

    [Test]
    public void Picture_LeadsFromTheBranchToTheLayers() => Assert.That(DeploymentPicture.Of(Environments[..1]), Is.EqualTo("""
        flowchart LR
          dev_branch(["branch test"]) --> dev_environment["GitHub environment sandbox"]
          dev_environment -->|OIDC| dev_account["account 111111111111<br/>us-east-2"]
          dev_account --> dev_1["layer dev-da-flask-layer"]
          dev_account --> dev_2["layer dev-da-framework-layer"]
        """.ReplaceLineEndings("\n")));
}
