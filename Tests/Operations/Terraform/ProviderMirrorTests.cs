using Infra.Operations.Output;
using Infra.Operations.Terraform;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class ProviderMirrorTests
{
    private static readonly ProviderLock Provider = new("unused", "hashicorp/aws", "5.100.0");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Find_UnpackedBelowARoot_IsItsFolder()
    {
        Unpack($"a/plugins/registry.terraform.io/hashicorp/aws/5.100.0/{ProviderMirror.Platform}");
        Assert.That(Find(), Is.EqualTo(Path.Combine(_folder.Path, "a", "plugins")));
    }

    [Test]
    public void Find_ZippedBelowARoot_IsItsFolder()
    {
        _folder.Write($"mirror/registry.terraform.io/hashicorp/aws/terraform-provider-aws_5.100.0_{ProviderMirror.Platform}.zip", "");
        Assert.That(Find(), Is.EqualTo(Path.Combine(_folder.Path, "mirror")));
    }

    [TestCase("5.99.0/{platform}")]
    [TestCase("5.100.0/plan9_mips")]
    public void Find_OtherVersionOrPlatform_IsNone(string below)
    {
        Unpack("mirror/registry.terraform.io/hashicorp/aws/"
            + below.Replace("{platform}", ProviderMirror.Platform, StringComparison.Ordinal));
        Assert.That(Find(), Is.Null);
    }

    [Test]
    public void Find_RootIsMissing_IsNone() =>
        Assert.That(ProviderMirror.Find(Provider, named: null, [Path.Combine(_folder.Path, "none")]), Is.Null);

    [Test]
    public void Find_Named_TakesPrecedence()
    {
        Unpack($"a/registry.terraform.io/hashicorp/aws/5.100.0/{ProviderMirror.Platform}");
        Unpack($"z/registry.terraform.io/hashicorp/aws/5.100.0/{ProviderMirror.Platform}");
        string named = Path.Combine(_folder.Path, "z");
        Assert.That(ProviderMirror.Find(Provider, named, [_folder.Path]), Is.EqualTo(named));
    }

    [Test]
    public void Find_NamedDoesNotHoldIt_SaysHowToFillIt()
    {
        OperationException failure = Assert.Throws<OperationException>(() => ProviderMirror.Find(Provider, _folder.Path, []))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(failure.Remedy, Does.Contain("terraform providers mirror"));
        }
    }

    [Test]
    public void Find_FolderWithoutTheProvider_IsNone()
    {
        _folder.Folder($"mirror/registry.terraform.io/hashicorp/aws/5.100.0/{ProviderMirror.Platform}");
        Assert.That(Find(), Is.Null);
    }

    private void Unpack(string folder) => _folder.Write($"{folder}/terraform-provider-aws_v5.100.0_x5", "");

    private string? Find() => ProviderMirror.Find(Provider, named: null, [_folder.Path]);
}
