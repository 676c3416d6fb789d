using Infra.Operations.Findings;
using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.GitHub;

[TestFixture]
internal sealed class EnvironmentsCommandTests
{
    private TestHost _host = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestHost();
        Write("prod",
            """ "production": true, "account": "222222222222", "github": { "repository": "acme/frameworks", "environment": "production" }, "domain": { "name": "example.com" }, "services": { "api": { "port": 8080 } } """);
        Write("sandbox", """ "account": "111111111111", "github": { "repository": "acme/frameworks", "branch": "test" } """);
        Write("live", """ "account": "222222222222", "github": { "repository": "acme/frameworks" } """);
        Write("desk", """ "account": "111111111111", "emulator": true, "github": { "repository": "acme/frameworks" } """);
        Write("alone", """ "account": "111111111111" """);
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test, Property("Row", "P2")]
    public void Branch_DecidesTheEnvironment()
    {
        Assert.That(Names(branch: "test"), Is.EqualTo(new[] { "sandbox" }));
        Assert.That(Names(branch: "main"), Is.EqualTo(new[] { "live", "prod" }), "production last");
        Assert.That(Names(branch: "feature/x"), Is.Empty);
    }

    [Test]
    public void WithoutABranch_AreAllThatWorkflowsDeploy() =>
        Assert.That(
            Names(branch: null), Is.EqualTo(new[] { "live", "sandbox", "prod" }), "not the emulator's, nor those without a repository");

    [Test, Property("Row", "H1")]
    public void Roles_FollowFromTheEnvironment()
    {
        JToken production = Json(branch: "main")[1]!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)production["githubEnvironment"], Is.EqualTo("production"));
            Assert.That((string?)production["planRole"], Is.EqualTo("arn:aws:iam::222222222222:role/frameworks-prod-infra-plan"));
            Assert.That((string?)production["applyRole"], Is.EqualTo("arn:aws:iam::222222222222:role/frameworks-prod-infra-apply"));
            Assert.That((string?)production["pushRole"], Is.EqualTo("arn:aws:iam::222222222222:role/frameworks-prod-github-push"));
            Assert.That((string?)production["deliveryRole"], Is.EqualTo("arn:aws:iam::222222222222:role/frameworks-prod-github-delivery"));
            Assert.That(
                (string?)production["repositories"]!["api"], Is.EqualTo("222222222222.dkr.ecr.us-east-2.amazonaws.com/frameworks/api"));
        });
    }

    [Test]
    public void Outputs_AreLinesOfAStep()
    {
        new EnvironmentsCommand(_host.Context).Run("sandbox", branch: null, EnvironmentsForm.Outputs);
        Assert.That(_host.Output.ToString(), Does.Contain("\nregion=us-east-2\n").And.Contain("\nrepositories={}\n"));
    }

    [Test]
    public void Outputs_AreOfOneEnvironment()
    {
        var failure =
            Assert.Throws<OperationException>(() => new EnvironmentsCommand(_host.Context).Run(null, "main", EnvironmentsForm.Outputs))!;
        Assert.That(failure.Message, Is.EqualTo("--outputs needs exactly one environment, not 2"));
    }

    [Test]
    public void InvalidFile_IsReportedWithItsLine()
    {
        _host.Write(
            "environments/sandbox.json", """{ "name": "sandbox", "project": "frameworks", "account": "1", "region": "us-east-2" }""");
        Assert.Throws<FindingsException>(() => Json(branch: "test"));
        Assert.That(_host.Problems.ToString(), Does.StartWith("environments/sandbox.json:1:"));
    }

    private IEnumerable<string?> Names(string? branch) => Json(branch).Select(environment => (string?)environment["environment"]);

    private JArray Json(string? branch)
    {
        _host.Output.GetStringBuilder().Clear();
        new EnvironmentsCommand(_host.Context).Run(chosen: null, branch, EnvironmentsForm.Json);
        return JArray.Parse(_host.Output.ToString());
    }

    private void Write(string name, string rest) => _host.Write(
        $"environments/{name}.json", $$"""{ "name": "{{name}}", "project": "frameworks", "region": "us-east-2", {{rest}} }""");
}
