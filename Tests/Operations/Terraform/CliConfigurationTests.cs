using Infra.Operations.Terraform;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class CliConfigurationTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Choose_UsersFileSaysHowProvidersAreInstalled_IsKept()
    {
        string users = _folder.Write("users.rc", "provider_installation {\n  direct {}\n}\n");
        Assert.That(Choose(users, "/mirror"), Is.EqualTo(users));
    }

    [TestCase(null)]
    [TestCase("/does/not/exist.rc")]
    public void Choose_NoFileOfTheUsers_WritesOne(string? users) =>
        Assert.That(Choose(users, "/mirror"), Is.EqualTo(Path.Combine(_folder.Path, "terraform.rc")));

    [Test]
    public void Choose_UsersFileSaysNothingOfProviders_WritesOne()
    {
        string users = _folder.Write("users.rc", "disable_checkpoint = true\n");
        Assert.That(Choose(users, "/mirror"), Is.Not.EqualTo(users));
    }

    [Test]
    public void Choose_Mirror_ProviderComesOnlyFromItAndOthersFromTheRegistry()
    {
        string text = File.ReadAllText(Choose(users: null, "/srv/\"mirror\""));
        Assert.That(
            text, Does.Contain("path    = \"/srv/\\\"mirror\\\"\"").And.Contain("include = [\"registry.terraform.io/hashicorp/aws\"]")
            .And.Contain("exclude = [\"registry.terraform.io/hashicorp/aws\"]").And.Contain("disable_checkpoint = true"));
    }

    [Test]
    public void Choose_NoMirror_KeepsDownloadsInAFolderThatExists()
    {
        string text = File.ReadAllText(Choose(users: null, mirror: null));
        string cache = Path.Combine(_folder.Path, "terraform-plugins");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain($"plugin_cache_dir = \"{cache}\""));
            Assert.That(cache, Does.Exist);
        }
    }

    private string Choose(string? users, string? mirror) => CliConfiguration.Choose(_folder.Path, users, mirror, "hashicorp/aws");
}
