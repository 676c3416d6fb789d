using Infra.Tests.Workflows;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>Findings of a pull request, and their upload to code scanning.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class FindingsWorkflowTests
{
    private static readonly string[] Files = ["check.sarif", "validate.sarif"];

    private WorkflowRunner _runner = null!;

    [SetUp]
    public void SetUp() => _runner = RecordedRuns.Runner();

    [TearDown]
    public void TearDown() => _runner.Dispose();

    [TestCase(false), TestCase(true)]
    public void PullRequest_IsChecked_AndItsFindingsAreUploaded(bool fork)
    {
        Assert.That(Plan(fork).Jobs["findings"], Is.EqualTo("success"));

        Assert.That(_runner.Recording!.Commands, Is.SupersetOf(new[]
        {
            ": validate --sarif sarif/validate.sarif", ": check --sarif sarif/check.sarif",
        }));
        Assert.That(_runner.UploadedSarif, Is.EqualTo(Files));
    }

    [TestCase(null, false), TestCase("true", true)]
    public void PrivateRepository_UploadsOnlyWithTheVariable(string? variable, bool uploads)
    {
        _runner.GitHub.IsPrivate = true;
        if (variable is not null)
            _runner.RepositoryVariables["CODE_SCANNING"] = variable;

        Plan();

        Assert.That(_runner.UploadedSarif, uploads ? Is.EqualTo(Files) : Is.Empty);
    }

    [Test]
    public void RepositoryWithoutCodeScanning_IsNoFailure()
    {
        _runner.HasCodeScanning = false;

        Assert.That(Plan().Jobs["findings"], Is.EqualTo("success"));

        Assert.That(_runner.UploadedSarif, Is.Empty);
        Assert.That(_runner.Output, Does.Contain("Code Security must be enabled"));
    }

    [Test]
    public void OnlyTheUpload_WritesAlerts_AndRunsNothingOfThePullRequest()
    {
        (string File, Job Job)[] writers =
        [
            .. from workflow in WorkflowFile.Workflows
               from job in workflow.Jobs
               where (string?)job.Content["permissions"]?["security-events"] is not null && job.Uses is null
               select (workflow.Name, job),
        ];

        (string file, Job upload) = writers.Single();
        Assert.That((file, upload.Id), Is.EqualTo(("findings.yml", "code-scanning")));
        Assert.That(upload.Content["permissions"], Is.EqualTo(
            new JObject { ["actions"] = "read", ["contents"] = "read", ["security-events"] = "write" }).Using<JToken>(JToken.DeepEquals));
        Assert.That(upload.Steps.Select(step => ((string?)step["uses"])?.Split('@')[0]), Is.EqualTo(new[]
        {
            "actions/download-artifact", "github/codeql-action/upload-sarif",
        }));
        Assert.That(upload.Steps.Select(step => (bool?)step["continue-on-error"]), Is.All.True, "the upload fails no check");
    }

    private WorkflowResult Plan(bool fork = false) =>
        _runner.Expect(success: true, "plan.yml", WorkflowEvent.PullRequest(7, onto: "main", fork));
}
