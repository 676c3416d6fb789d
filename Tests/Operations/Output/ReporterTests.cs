using Infra.Operations.Output;
using NUnit.Framework;

namespace Infra.Tests.Operations.Output;

internal sealed class ReporterTests
{
    private StringWriter _output = null!;
    private StringWriter _problems = null!;
    private Reporter _reporter = null!;

    [SetUp]
    public void SetUp()
    {
        _output = new StringWriter();
        _problems = new StringWriter();
        _reporter = new Reporter(_output, _problems, interactive: false);
    }

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        _problems.Dispose();
    }

    [Test]
    public async Task NotATerminal_NoEscapeCodesNorStatusLine()
    {
        _reporter.Step("base: plan");
        _reporter.Detail("detail");
        _reporter.Good("good");
        _reporter.Warn("warning");
        _reporter.Error("[red]error[/]");
        await _reporter.WithStatusAsync("working", () =>
        {
            _reporter.Status("still working");
            return Task.FromResult(0);
        });
        Assert.That(_output.ToString(), Is.EqualTo("base: plan\ndetail\ngood\nwarning\n[red]error[/]\n"));
    }

    [Test]
    public void NotATerminal_LongLinesStayWhole()
    {
        string line = string.Join(' ', Enumerable.Repeat("word", 500));
        _reporter.Line(line);
        Assert.That(_output.ToString(), Is.EqualTo(line + "\n"));
    }

    [Test]
    public void Failure_GoesToStandardErrorWithWhatToDo()
    {
        _reporter.Failure("wrong account", "one\ntwo");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_problems.ToString(), Is.EqualTo("error: wrong account\n       one\n       two\n"));
            Assert.That(_output.ToString(), Is.Empty);
        }
    }

    [Test]
    public void Everything_SecretsAreHidden()
    {
        _reporter.Redactor.Hide("s3cret-value");
        _reporter.Line("value is s3cret-value.");
        _reporter.Failure("s3cret-value was refused", "use s3cret-value");
        Assert.That(_output.ToString() + _problems, Does.Not.Contain("s3cret").And.Contain(Redactor.Mask));
    }

    [Test]
    public void Redactor_OneSecretInAnother_HidesTheLongerWhole()
    {
        var redactor = new Redactor();
        redactor.Hide("abcdef");
        redactor.Hide("abcdefghij");
        Assert.That(redactor.Apply("abcdefghij"), Is.EqualTo(Redactor.Mask));
    }

    [Test]
    public void Redactor_ShortValues_AreNoSecrets()
    {
        var redactor = new Redactor();
        redactor.Hide("1");
        redactor.Hide("");
        redactor.Hide(null);
        Assert.That(redactor.Apply("11 added"), Is.EqualTo("11 added"));
    }

    [TestCase(false, null, null, "xterm", ExpectedResult = true)]
    [TestCase(true, null, null, "xterm", ExpectedResult = false)]
    [TestCase(false, "1", null, "xterm", ExpectedResult = false)]
    [TestCase(false, null, "true", "xterm", ExpectedResult = false)]
    [TestCase(false, null, null, "dumb", ExpectedResult = false)]
    [TestCase(false, null, null, null, ExpectedResult = false)]
    public bool IsTerminal_DependsOnTheEnvironment(bool redirected, string? noColor, string? ci, string? term) =>
        Reporter.IsTerminal(redirected, name => name switch { "NO_COLOR" => noColor, "CI" => ci, "TERM" => term, _ => null });

    [TestCase(0.84, "0.8s")]
    [TestCase(12.9, "12s")]
    [TestCase(80, "1m20s")]
    [TestCase(3720, "1h02m")]
    public void Duration_IsShort(double seconds, string expected) =>
        Assert.That(Reporter.Duration(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));
}
