using Infra.Operations.Output;
using Infra.Operations.Terraform;
using Infra.Tests.Support;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Operations.Terraform;

internal sealed class StackFolderTests
{
    private TemporaryFolder _folder = null!;
    private ProviderLock _provider = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _folder.Write(
            "stacks/base/cdk.tf.json",
            """{"terraform":{"backend":{"s3":{"bucket":"b","key":"tap/poc/base","profile":"emulator","shared_config_files":["/a/config"]}}}}""");
        string file = _folder.Write(
            "Stacks/terraform.lock.hcl", "provider \"registry.terraform.io/hashicorp/aws\" {\n  version     = \"5.100.0\"\n}\n");
        _provider = new ProviderLock(file, "hashicorp/aws", "5.100.0");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Read_CommittedLockFile_KnowsProviderAndVersion() =>
        Assert.That(ProviderLock.Read(_folder.Path), Is.EqualTo(_provider));

    [Test]
    public void Open_Stack_KnowsItsStateKey() => Assert.That(Open().StateKey, Is.EqualTo("tap/poc/base"));

    [Test]
    public void Open_UnknownStack_ListsTheAvailable()
    {
        OperationException failure = Assert.Throws<OperationException>(() => StackFolder.Open(_folder.Path, "bsae"))!;
        Assert.That(failure.Remedy, Is.EqualTo("available: base"));
    }

    [Test]
    public void Complete_LockFileAndMirror_AreWhereTerraformSearches()
    {
        string mirror = _folder.Folder("mirror");
        Open().Complete(_provider, mirror);
        // Twice: a second synth into the same folder.
        Open().Complete(_provider, mirror);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Below(".terraform.lock.hcl"), Does.Exist);
            Assert.That(new DirectoryInfo(Below("terraform.d/plugins")).LinkTarget, Is.EqualTo(mirror));
        }
    }

    [Test]
    public void Complete_MirrorHasMoved_LinkIsUpdated()
    {
        string mirror = _folder.Folder("old");
        Open().Complete(_provider, mirror);
        Directory.Delete(mirror);
        Open().Complete(_provider, _folder.Folder("new"));
        Assert.That(new DirectoryInfo(Below("terraform.d/plugins")).LinkTarget, Is.EqualTo(Path.Combine(_folder.Path, "new")));
    }

    [TestCase("""{"bucket":"b","key":"tap/poc/base","profile":"emulator","shared_config_files":["/a/config"]}""", true)]
    [TestCase("""{"bucket":"b","key":"tap/poc/base","profile":"emulator","shared_config_files":["/b/config"]}""", false)]
    [TestCase("""{"bucket":"b","key":"tap/prod/base","profile":null}""", false)]
    public void Complete_BackendOfAnEarlierRun_IsForgottenIfItIsAnother(string used, bool kept)
    {
        string file = _folder.Write("stacks/base/.terraform/terraform.tfstate", "{\"backend\":{\"type\":\"s3\",\"config\":" + used + "}}");
        Open().Complete(_provider, mirror: null);
        Assert.That(File.Exists(file), Is.EqualTo(kept));
    }

    [Test]
    public void UseLocalBackend_OverridesUntilUseOwnBackend()
    {
        StackFolder stack = Open();
        string state = Path.Combine(_folder.Path, "state", "bootstrap.tfstate");
        stack.UseLocalBackend(state);
        JObject overriding = JObject.Parse(File.ReadAllText(Below("backend_override.tf.json")));
        Assert.That((string?)overriding.SelectToken("terraform.backend.local.path"), Is.EqualTo(state));
        stack.UseOwnBackend();
        Assert.That(File.Exists(Below("backend_override.tf.json")), Is.False);
    }

    private StackFolder Open() => StackFolder.Open(_folder.Path, "base");

    private string Below(string name) => Path.Combine(_folder.Path, "stacks", "base", name);
}
