using Infra.Operations.Output;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Output;

internal sealed class LogFileTests
{
    [Test]
    public void Write_Secret_IsHidden()
    {
        using var folder = new TemporaryFolder();
        var redactor = new Redactor();
        redactor.Hide("s3cret-value");
        string path;
        using (var log = new LogFile(folder.Path, "deploy", redactor))
        {
            log.Write("password=s3cret-value");
            path = log.Path;
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo($"password={Redactor.Mask}\n"));
    }

    [Test]
    public void New_ManyOldLogs_KeepsTheNewestHundred()
    {
        using var folder = new TemporaryFolder();
        foreach (int number in Enumerable.Range(0, 120))
            folder.Write($"20200101T000{number:000}-deploy-1.log", "");
        using var log = new LogFile(folder.Path, "deploy", new Redactor());
        string[] kept = Directory.GetFiles(folder.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept, Has.Length.EqualTo(100));
            Assert.That(kept, Has.None.EndsWith("20200101T000020-deploy-1.log"));
        }
    }
}
