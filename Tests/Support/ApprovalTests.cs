using NUnit.Framework;

namespace Infra.Tests.Support;

internal sealed class ApprovalTests
{
    private readonly string _file = Path.Combine(SynthesisFolder.FullName, "approved", "text.txt");
    private string? _accept;
    private string? _ci;

    [SetUp]
    public void Approve()
    {
        (_accept, _ci) = (Environment.GetEnvironmentVariable("INFRA_ACCEPT"), Environment.GetEnvironmentVariable("CI"));
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.WriteAllText(_file, "one\ntwo\n");
    }

    [TearDown]
    public void Restore() => Set(_accept, _ci);

    private static void Set(string? accept, string? ci)
    {
        Environment.SetEnvironmentVariable("INFRA_ACCEPT", accept);
        Environment.SetEnvironmentVariable("CI", ci);
    }

    /// <summary>The failure message, without failing this test.</summary>
    private string? Verify(string actual)
    {
        using var context = new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext();
        return Assert.Catch<AssertionException>(() => Approval.Verify(_file, actual, TextDifference.Describe))?.Message;
    }

    [Test]
    public void TheSame_IsApproved()
    {
        Set(accept: null, ci: "true");
        Assert.That(() => Approval.Verify(_file, "one\ntwo\n", TextDifference.Describe), Throws.Nothing);
    }

    [Test]
    public void Another_Fails_AndExplainsHowToAcceptIt()
    {
        Set(accept: null, ci: null);

        Assert.That(Verify("one\nthree\n"),
            Does.Contain("line 2").And.Contain("- two").And.Contain("+ three").And.Contain("INFRA_ACCEPT=1 ./infra test --fast"));
        Assert.That(File.ReadAllText(_file), Is.EqualTo("one\ntwo\n"));
    }

    [Test]
    public void Another_IsAcceptedByADeveloper()
    {
        Set(accept: "1", ci: null);
        Approval.Verify(_file, "one\nthree\n", TextDifference.Describe);

        Assert.That(File.ReadAllText(_file), Is.EqualTo("one\nthree\n"));
    }

    [Test]
    public void Another_IsNeverAcceptedInCi()
    {
        Set(accept: "1", ci: "true");

        Assert.That(Verify("one\nthree\n"), Does.Contain("not allowed"));
        Assert.That(File.ReadAllText(_file), Is.EqualTo("one\ntwo\n"));
    }

    [Test]
    public void AMissingFile_IsADifference()
    {
        Set(accept: null, ci: null);
        File.Delete(_file);

        Assert.That(Verify("one\n"), Does.Contain("+ one"));
    }
}
