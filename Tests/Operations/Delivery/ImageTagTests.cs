using Infra.Operations.Delivery;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Tests.Operations.Support;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Delivery;

/// <summary>An image is tagged with the commit that it is built from (decision 14).</summary>
[Property("Row", "L-L2"), Property("Row", "H3")]
internal sealed class ImageTagTests
{
    private TemporaryFolder _folder = null!;
    private TestHost _host = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _folder.Write("app/Dockerfile", "FROM scratch");
        _host = new TestHost(variables: EnvironmentVariables.OfThisProcess());
    }

    [TearDown]
    public void TearDown()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task CommittedContext_HasTheCommitAsTag()
    {
        string commit = await CommitAsync();
        Assert.That(await TagAsync(null), Is.EqualTo(commit).And.Match("^[0-9a-f]{40}$"));
    }

    [Test]
    public async Task ContextWithChanges_NeedsATag()
    {
        string commit = await CommitAsync();
        _folder.Write("app/Dockerfile", "FROM other");
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => TagAsync(null))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Message, Is.EqualTo($"{_folder.Path}/app has changes that are not in commit {commit[..12]}"));
            Assert.That(failure.Remedy, Is.EqualTo("commit the changes, or pass --tag TAG"));
            Assert.That(await TagAsync("v1.4.0"), Is.EqualTo("v1.4.0"));
        }
    }

    [Test]
    public void ContextOutsideOfARepository_NeedsATag() => Assert.That(
        Assert.ThrowsAsync<OperationException>(() => TagAsync(null))!.Message,
        Is.EqualTo($"{_folder.Path}/app has no commit to tag the image of web with"));

    [Test]
    public void Tag_ThatIsADigestOrMalformed_IsReported()
    {
        Assert.That(Assert.ThrowsAsync<OperationException>(() => TagAsync($"sha256:{new string('a', 64)}"))!.ExitCode,
            Is.EqualTo(ExitCode.BadInput));
        Assert.That(Assert.ThrowsAsync<OperationException>(() => TagAsync("a tag"))!.ExitCode, Is.EqualTo(ExitCode.BadInput));
    }

    private Task<string> TagAsync(string? tag) =>
        new ImageBuild(_host.Context, tag).TagAsync(new DeliveredImage("web", []) { Context = Path.Combine(_folder.Path, "app") });

    private async Task<string> CommitAsync()
    {
        ProcessResult result = await _host.Context.Runner.RunAsync(new ProcessRequest("bash", "-c", """
            set -e
            git init --quiet
            git add app
            git -c user.name=Test -c user.email=test@example.com commit --quiet --message first
            git rev-parse HEAD
            """) { WorkingDirectory = _folder.Path });
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result.Output.Trim();
    }
}
