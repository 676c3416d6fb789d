using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Tests.Operations.Support;
using Infra.Tests.Runner;
using NUnit.Framework;

namespace Infra.Tests.Operations.GitHub;

[TestFixture]
internal sealed class NoticesTests
{
    private TestHost _host = null!;
    private FakeGitHub _github = null!;
    private GitHubApi _api = null!;
    private Notices _notices = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestHost();
        _github = new FakeGitHub("acme/tap");
        _api = Api("desk-token");
        _notices = new Notices(_host.Context, _api);
    }

    [TearDown]
    public void TearDown()
    {
        _api.Dispose();
        _github.Dispose();
        _host.Dispose();
    }

    [Test, Property("Row", "T12")]
    public async Task Comment_IsOneForEachSubject_UpdatedInPlace()
    {
        await _notices.CommentAsync(7, "Plan for dev", "1 to add");
        await _notices.CommentAsync(7, "Plan for prod", "2 to add");
        await _notices.CommentAsync(7, "Plan for dev", "no changes");

        Assert.That(_github.Comments.Select(comment => comment.Pull), Is.EqualTo(new[] { 7, 7 }));
        Assert.That((string?)_github.Comments[0].Comment["body"], Does.EndWith("\nno changes").And.Not.Contain("1 to add"));
        Assert.That((string?)_github.Comments[1].Comment["body"], Does.EndWith("\n2 to add"));
    }

    [Test]
    public async Task Comment_IsFoundOnTheSecondPage()
    {
        for (int i = 0; i < 100; i++)
            _github.Comments.Add((7, new Newtonsoft.Json.Linq.JObject { ["id"] = i, ["body"] = "somebody's" }));
        await _notices.CommentAsync(7, "Plan for dev", "first");

        await _notices.CommentAsync(7, "Plan for dev", "second");

        Assert.That(_github.Comments, Has.Count.EqualTo(101));
        Assert.That((string?)_github.Comments[100].Comment["body"], Does.EndWith("second"));
    }

    [Test]
    public async Task Comment_TooLongForGitHub_IsCutAndSaysSo()
    {
        await _notices.CommentAsync(7, "Plan for dev", new string('x', 70_000));
        Assert.That((string?)_github.Comments.Single().Comment["body"],
            Has.Length.LessThan(65_536).And.EndWith("… the rest is in the job's summary."));
    }

    [Test, Property("Row", "T12")]
    public async Task Issue_IsOpenedUpdatedAndClosed()
    {
        await _notices.OpenIssueAsync("Drift in dev base", "drift", "one rule");
        await _notices.OpenIssueAsync("Drift in dev base", "drift", "two rules");
        await _notices.OpenIssueAsync("Drift in dev runtime", "drift", "a service");
        await _notices.CloseIssueAsync("Drift in dev base", "drift");
        await _notices.CloseIssueAsync("Drift in prod base", "drift");

        Assert.That(_github.Issues.Select(issue => ((string?)issue["title"], (string?)issue["state"])), Is.EqualTo(new[]
        {
            ("Drift in dev base", "closed"), ("Drift in dev runtime", "open"),
        }));
        Assert.That((string?)_github.Issues[0]["body"], Does.EndWith("two rules"));
        Assert.That(_host.Output.ToString(), Does.Contain("no open issue: Drift in prod base"));
    }

    [Test, Property("Row", "T12")]
    public async Task Issue_AfterAClosedOne_IsANewOne()
    {
        await _notices.OpenIssueAsync("Drift in dev base", "drift", "once");
        await _notices.CloseIssueAsync("Drift in dev base", "drift");
        await _notices.OpenIssueAsync("Drift in dev base", "drift", "again");

        Assert.That(_github.Issues.Select(issue => (string?)issue["state"]), Is.EqualTo(new[] { "closed", "open" }));
    }

    [Test]
    public void WrongToken_SaysWhatTheTokenNeeds()
    {
        using GitHubApi api = Api("another");
        var failure = Assert.ThrowsAsync<GitHubException>(() => new Notices(_host.Context, api).CommentAsync(7, "x", "y"))!;
        Assert.That(failure.Message, Does.Contain("401").And.Contain("Bad credentials"));
        Assert.That(failure.Remedy, Does.Contain("pull-requests: write"));
    }

    [Test]
    public void OutsideAWorkflow_SaysWhatIsMissing()
    {
        var failure = Assert.Throws<OperationException>(() => new GitHubApi(_ => null))!;
        Assert.That((failure.ExitCode, failure.Message), Is.EqualTo((ExitCode.BadInput, "GITHUB_REPOSITORY is not set")));
    }

    [Test, Property("Finding", "U29")]
    public void WithoutARepository_TheOptionIsNamed()
    {
        var failure = Assert.Throws<OperationException>(() => new GitHubApi(_ => null))!;
        Assert.That(failure.Remedy, Does.Contain("github protect and doctor github take --repository owner/name"));
    }

    private GitHubApi Api(string token) => new(name => name switch
    {
        "GITHUB_REPOSITORY" => _github.Repository,
        "GITHUB_TOKEN" => token,
        "GITHUB_API_URL" => _github.Url.ToString(),
        _ => null,
    });
}
