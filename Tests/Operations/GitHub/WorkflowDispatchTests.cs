using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Tests.Operations.Support;
using Infra.Tests.Runner;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.GitHub;

[TestFixture, Property("Finding", "C8")]
internal sealed class WorkflowDispatchTests
{
    private static readonly DeployableEnvironment Main = new(
        "dev", "shop", "111111111111", "us-east-2", Production: false, "main", "dev", "", "", "", "", "", "",
        new Dictionary<string, string>());

    private static readonly DeployableEnvironment Test = Main with { Environment = "sandbox", Branch = "test" };

    [Test]
    public async Task OtherBranches_GetTheWorkflowOnce_WithItsInputs()
    {
        using var github = new FakeGitHub("acme/shop");

        string output = await RunAsync(github, "main", [Main, Test, Test with { Environment = "sandbox2" }]);

        (string workflow, string branch, JObject inputs) = github.TakeDispatches().Single();
        Assert.That((workflow, branch, (string?)inputs["deploy"]), Is.EqualTo(("verify.yml", "test", "false")));
        Assert.That(output, Is.EqualTo("verify.yml: started on test\n"));
    }

    [Test]
    public async Task OneBranch_NeedsNone()
    {
        using var github = new FakeGitHub("acme/shop");

        Assert.That(
            await RunAsync(github, "main", [Main]), Is.EqualTo("verify.yml: main is the only branch that deploys environments\n"));
        Assert.That(github.TakeDispatches(), Is.Empty);
    }

    [Test]
    public void OutsideAWorkflow_SaysWhatIsMissing()
    {
        using var github = new FakeGitHub("acme/shop");

        var failure = Assert.ThrowsAsync<OperationException>(() => RunAsync(github, "", [Main]))!;
        Assert.That((failure.ExitCode, failure.Message), Is.EqualTo((ExitCode.BadInput, "GITHUB_REF_NAME is not set")));
    }

    private static async Task<string> RunAsync(FakeGitHub github, string branch, IReadOnlyList<DeployableEnvironment> environments)
    {
        using var host = new TestHost(
            variables: new EnvironmentVariables(new Dictionary<string, string> { ["GITHUB_REF_NAME"] = branch }));
        using var api = new GitHubApi(name => name switch
        {
            "GITHUB_REPOSITORY" => github.Repository,
            "GITHUB_TOKEN" => "desk-token",
            "GITHUB_API_URL" => github.Url.ToString(),
            _ => null,
        });
        await new WorkflowDispatch(host.Context, api).RunAsync(environments, "verify.yml", new JObject { ["deploy"] = "false" });
        return host.Output.ToString();
    }
}
