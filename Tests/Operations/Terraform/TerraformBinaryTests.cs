using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Terraform;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class TerraformBinaryTests
{
    private TemporaryFolder _folder = null!;
    private Interruption _interruption = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _interruption = new Interruption();
    }

    [TearDown]
    public void TearDown()
    {
        _interruption.Dispose();
        _folder.Dispose();
    }

    [TestCase("1.11.0")]
    [TestCase("1.14.2")]
    public async Task FindAsync_NewEnough_IsFound(string version)
    {
        TerraformBinary binary = await FindAsync(Fake(version));
        Assert.That(binary.Version, Is.EqualTo(Version.Parse(version)));
    }

    [Test]
    public void FindAsync_TooOld_SaysWhatIsThereWhatIsNeededAndHowToGetIt()
    {
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => FindAsync(Fake("1.5.7")))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.ToolMissing));
            Assert.That(failure.Message, Does.Contain("1.11").And.Contain("1.5.7"));
            Assert.That(failure.Remedy, Does.Contain("https://developer.hashicorp.com/terraform/install"));
        }
    }

    [Test]
    public void FindAsync_Missing_SaysHowToGetIt()
    {
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => FindAsync(Path.Combine(_folder.Path, "none")))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.ToolMissing));
            Assert.That(failure.Remedy, Does.Contain("PATH"));
        }
    }

    [TestCase("""{"terraform_version":"1.12.0-beta1"}""", "1.12.0")]
    [TestCase("Terraform v1.11.4", null)]
    [TestCase("{}", null)]
    public void ParseVersion_ReadsTerraformsJson(string output, string? expected) =>
        Assert.That(TerraformBinary.ParseVersion(output)?.ToString(), Is.EqualTo(expected));

    private string Fake(string version) =>
        _folder.Write("terraform", "#!/bin/sh\necho '{\"terraform_version\":\"" + version + "\"}'\n", executable: true);

    private Task<TerraformBinary> FindAsync(string named) =>
        TerraformBinary.FindAsync(new ProcessRunner(_interruption, EnvironmentVariables.OfThisProcess()), named);
}
