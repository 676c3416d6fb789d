using Infra.Operations.Output;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Output;

internal sealed class ReportFileTests
{
    [Test]
    public void Write_CreatesItsFolder()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "out", "page.md");
        ReportFile.Write(file, "text");
        ReportFile.Append(file, "more");
        Assert.That(File.ReadAllText(file), Is.EqualTo("textmore"));
    }

    [Test]
    public void Write_ToAFolder_IsBadInput_WithItsPath()
    {
        using var folder = new TemporaryFolder();
        var failure = Assert.Throws<OperationException>(() => ReportFile.Write(folder.Path, "text"))!;
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(failure.Message, Does.StartWith($"{folder.Path} cannot be written: "));
    }
}
