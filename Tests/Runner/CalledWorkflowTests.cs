using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>Workflows that an application's repository calls, as in docs/delivery.md.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class CalledWorkflowTests
{
    private const string DeployToAws = "environment: stage, then: live, service: web";

    private WorkflowRunner _runner = null!;
    private ApplicationRepository _application = null!;

    private static IEnumerable<TestCaseData> Calls =>
    [
        new("deploy-to-aws.yml", DeployToAws),
        new("build-and-push.yml", "environment: stage, app: web"),
        new("deploy-service.yml", "environment: stage, service: web, image: IMAGE"),
        new("copy-image.yml", "from: stage, to: stage, app: web, image: IMAGE"),
        new("deploy-site.yml", "environment: stage, site: app, artifact: dist"),
        new("publish-layer.yml", "environment: stage, layer: flask, artifact: layers, file: flask.zip"),
    ];

    [SetUp]
    public void SetUp()
    {
        _runner = RecordedRuns.Runner();
        _application = RecordedRuns.Application(_runner);
        foreach (string artifact in new[] { "dist", "layers" })
            Directory.CreateDirectory(_runner.Artifact(artifact));
    }

    [TearDown]
    public void TearDown() => _runner.Dispose();

    [Test, Property("Finding", "C1")]
    public void CalledFromAnApplication_TheWorkflowRunsItsOwnRepositoryAndCommit_AndBuildsTheApplication()
    {
        WorkflowResult result = Call("deploy-to-aws.yml", DeployToAws);

        Assert.That(result.Succeeded, Is.True, _runner.Output);
        Assert.That(_runner.Output, Does.Contain("checked out acme/shop at the run's commit into app")
            .And.Contain($"checked out {RecordedRuns.Infrastructure} at {_runner.Commit} into infra"));
        Assert.That(_runner.Recording!.Images.Tags, Is.EqualTo(new[]
        {
            $"{RecordedRuns.Image("stage")}:{_application.Commit}", $"{RecordedRuns.Image("live")}:{_application.Commit}",
        }), "tagged with the application's commit");
        Assert.That(
            _runner.Recording.Commands.Where(command => command.Contains(" release ", StringComparison.Ordinal)), Has.Exactly(2).Items);
    }

    /// <summary>AWS compares this claim with the role's trust policy.</summary>
    [Test, Property("Finding", "C1"), Property("Finding", "B5")]
    public void CalledFromAnApplication_TheTokenNamesTheCallerAndTheCalledWorkflow()
    {
        Call("deploy-to-aws.yml", DeployToAws);

        Assert.That(_runner.Output, Does.Contain("desk-stage-infra-release as repo:acme/shop:environment:stage by "
            + $"{RecordedRuns.Infrastructure}/.github/workflows/deploy-service.yml@refs/heads/main"));
    }

    [TestCaseSource(nameof(Calls)), Property("Finding", "C2")]
    public void PrivateInfrastructureRepository_IsReadWithItsOwnToken(string workflow, string with)
    {
        _runner.GitHub.IsPrivate = true;
        _runner.ReadTokens.Add("a token that reads the infrastructure");

        Assert.That(() => Call(workflow, with), Throws.TypeOf<UnauthorizedAccessException>().With.Message.Contains("Not Found"));
        WorkflowResult result = Call(workflow, with, "infra-token: '${{ secrets.INFRA_TOKEN }}'",
            ("INFRA_TOKEN", "a token that reads the infrastructure"));

        Assert.That(result.Succeeded, Is.True, _runner.Output);
    }

    [TestCaseSource(nameof(Calls)), Property("Finding", "C1")]
    public void CallerWithoutTheTokensPermission_IsNotStarted(string workflow, string with) => Assert.That(
        () => _runner.Run(
            _application, RecordedRuns.Calling(workflow, with, permissions: "actions: read, contents: read"), WorkflowEvent.Push("main")),
        Throws.InvalidOperationException.With.Message.Contains("requesting 'id-token: write', but is only allowed 'id-token: none'"));

    /// <summary>The image of a commit is there when a run is started again.</summary>
    [Test, Property("Finding", "C6")]
    public void SecondRunOfACommit_CopiesNoImage_WhoseTagIsImmutable()
    {
        WorkflowResult first = Call("deploy-to-aws.yml", DeployToAws);
        WorkflowResult second = Call("deploy-to-aws.yml", DeployToAws);

        Assert.That((first.Succeeded, second.Succeeded), Is.EqualTo((true, true)), _runner.Output);
    }

    [Test, Property("Finding", "C6")]
    public void TagOfAnotherImage_FailsTheCopy_WithTheReason()
    {
        _runner.Recording!.Images.Push("another image", [$"{RecordedRuns.Image("live")}:{_application.Commit}"]);

        WorkflowResult result = Call("deploy-to-aws.yml", DeployToAws);

        Assert.That(result.Succeeded, Is.False, _runner.Output);
        Assert.That(_runner.Output, Does.Match(@"::error::.*desk/web:d{40} is another image: sha256:[0-9a-f]{64}"));
    }

    [TestCase(false), TestCase(true), Property("Finding", "C10")]
    public void ReleaseTag_IsAdded_AlsoToAnImageThatExists(bool built)
    {
        const string With = "environment: stage, app: web";
        if (built)
            Call("build-and-push.yml", With);

        WorkflowResult tagged = Call("build-and-push.yml", $"{With}, release: v1.4.0");
        WorkflowResult again = Call("build-and-push.yml", $"{With}, release: v1.4.0");

        Assert.That((tagged.Succeeded, again.Succeeded), Is.EqualTo((true, true)), _runner.Output);
        Assert.That(_runner.Recording!.Images.Tags, Does.Contain($"{RecordedRuns.Image("stage")}:v1.4.0"));
    }

    [Test, Property("Finding", "C10")]
    public void ReleaseTagOfAnotherImage_Fails_WithTheReason()
    {
        Call("build-and-push.yml", "environment: stage, app: web");
        _runner.Recording!.Images.Push("another image", [$"{RecordedRuns.Image("stage")}:v1.4.0"]);

        WorkflowResult result = Call("build-and-push.yml", "environment: stage, app: web, release: v1.4.0");

        Assert.That(result.Succeeded, Is.False, _runner.Output);
        Assert.That(_runner.Output, Does.Match(@"::error::.*desk/web:v1\.4\.0 is another image: sha256:[0-9a-f]{64}"));
    }

    [Test, Property("Finding", "C12")]
    public void SubmodulesWithSourcesOfALayer_AreFetchedWithTheSshKey()
    {
        const string With = "environment: stage, layer: flask, artifact: layers, file: flask.zip, submodules: true";

        Assert.That(() => Call("publish-layer.yml", With),
            Throws.TypeOf<UnauthorizedAccessException>().With.Message.Contains("Permission denied (publickey)"));
        WorkflowResult result = Call("publish-layer.yml", With, "ssh-key: '${{ secrets.KEY }}'", ("KEY", "a deploy key"));

        Assert.That(result.Succeeded, Is.True, _runner.Output);
    }

    [Test, Property("Finding", "C12")]
    public void GitHubEnvironmentOfTheFile_IsRequired_AndPassed()
    {
        _runner.Environment("live", RecordedRuns.Environment("live", "222222222222",
            """ "services": { "web": { "port": 8080 } } """, """, "environment": "production" """));

        WorkflowResult without = Call("deploy-to-aws.yml", DeployToAws);
        Assert.That(without.Succeeded, Is.False);
        Assert.That(_runner.Output, Does.Contain("::error::jobs of live use the GitHub environment production, not live"));

        WorkflowResult with = Call("deploy-to-aws.yml", $"{DeployToAws}, then-github-environment: production");
        Assert.That(with.Succeeded, Is.True, _runner.Output);
        Assert.That(_runner.Output, Does.Contain("desk-live-infra-release as repo:acme/shop:environment:production"));
    }

    /// <param name="workflow">The workflow that is called.</param>
    /// <param name="with">Its inputs; <c>IMAGE</c> is an image in the registry.</param>
    /// <param name="secrets">Secrets that are passed.</param>
    /// <param name="values">Secrets of the application's repository.</param>
    private WorkflowResult Call(string workflow, string with, string secrets = "", params (string Name, string Value)[] values)
    {
        string image = RecordedRuns.Image("stage");
        if (with.Contains("IMAGE", StringComparison.Ordinal) && !_runner.Recording!.Images.Tags.Contains($"{image}:tested"))
            _runner.Recording.Images.Push("tested", [$"{image}:tested"]);
        string used = with.Replace("IMAGE", $"'{image}@{RecordedImages.Digest("tested")}'", StringComparison.Ordinal);
        return _runner.Run(_application, RecordedRuns.Calling(workflow, used, secrets), WorkflowEvent.Push("main"), values);
    }
}
