using Infra.Operations.Processes;
using Infra.Operations.Terraform;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class TerraformProblemTests
{
    [Test]
    public void FromTheFirstError_WithoutTheFrame() => Assert.That(
        Of(error: "Warning: old\n╷\n│ Error: no bucket\n│ \n│   on cdk.tf.json line 3\n╵\n"),
        Is.EqualTo("Error: no bucket\non cdk.tf.json line 3"));

    [Test]
    public void StandardOutput_IsUsedIfStandardErrorIsEmpty() =>
        Assert.That(Of(output: "Initializing\n\nError: no provider\n"), Is.EqualTo("Error: no provider"));

    [Test]
    public void WithoutAnError_TheLastLinesAreShown() => Assert.That(
        Of(error: "a\nb\nc\nd\nFailed to determine current working directory: getwd\nask\n"),
        Is.EqualTo(
            "Terraform ended with exit code 1; its last lines:\nb\nc\nd\nFailed to determine current working directory: getwd\nask"));

    [Test]
    public void WithoutOutput_ThatIsSaid() => Assert.That(Of(), Is.EqualTo("Terraform ended with exit code 1 and printed nothing"));

    [Test]
    public void ASignal_IsNamed() =>
        Assert.That(Of(exitCode: 137, output: "Refreshing"), Does.StartWith("Terraform was ended by signal 9"));

    private static string Of(int exitCode = 1, string output = "", string error = "") =>
        TerraformProblem.Of(new ProcessResult(exitCode, output, error, TimeSpan.Zero));
}
