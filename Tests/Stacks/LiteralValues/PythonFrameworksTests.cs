using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Stacks.LiteralValues;

/// <summary>System P: literal names and values.</summary>
internal sealed class PythonFrameworksTests
{
    [Test, Property("Row", "P-L1")]
    public void Layers_OfTheSandboxAccount() =>
        Assert.That(
            Example.PythonSandbox.Config.Layers.Keys.Select(Example.PythonSandbox.Environment.Names.Layer),
            Is.EqualTo(new[] { "dev-da-flask-layer", "dev-da-framework-layer" }));

    [Test, Property("Row", "P-L1")]
    public void Branch_DecidesTheGitHubEnvironment_ThatTheRoleTrusts()
    {
        Assert.Multiple(() =>
        {
            foreach ((Example example, string name, string branch, string environment) in new[]
            {
                (Example.PythonSandbox, "dev", "test", "sandbox"), (Example.PythonProduction, "prod", "main", "production"),
            })
            {
                Assert.That((example.Config.Name, example.Config.Region), Is.EqualTo((name, "us-east-2")));
                Assert.That((example.Config.GitHub!.Branch, example.Config.GitHub.Environment), Is.EqualTo((branch, environment)));
                Assert.That(
                    (string?)example.Base.Resource("aws_iam_role", "github-delivery")["assume_role_policy"],
                    Does.Contain($"repo:acme/python-frameworks:environment:{environment}").And.Contain($"refs/heads/{branch}"));
            }
        });
    }

    [Test, Property("Row", "P-L3")]
    public void Runtime_IsPython310() =>
        Assert.That(Example.PythonSandbox.Config.Layers.Values.SelectMany(layer => layer.Runtimes), Is.All.EqualTo("python3.10"));
}
