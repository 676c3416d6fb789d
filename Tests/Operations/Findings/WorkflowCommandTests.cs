using Infra.Configuration.Findings;
using Infra.Operations.Findings;
using NUnit.Framework;

namespace Infra.Tests.Operations.Findings;

/// <summary>The escaping of https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.</summary>
internal sealed class WorkflowCommandTests
{
    [TestCase(Severity.Error, "error"), TestCase(Severity.Warning, "warning")]
    public void Annotation_IsAtTheLine(Severity severity, string level)
    {
        var finding = new Finding("environments/dev.json", 14, 17, "services.web.cpu", "300 is not a size")
        {
            Rule = new Rule("services/sizes", severity, ""),
        };

        Assert.That(WorkflowCommand.Annotation(finding, finding.File), Is.EqualTo(
            $"::{level} file=environments/dev.json,line=14,col=17,title=services/sizes::services.web.cpu  300 is not a size"));
    }

    [TestCase("100 %", "100 %25")]
    [TestCase("%0A stays text", "%250A stays text")]
    [TestCase("two\r\nlines", "two%0D%0Alines")]
    [TestCase("\n::add-mask::x", "%0A::add-mask::x")]
    [TestCase("a: b, c", "a: b, c")]
    public void Message_IsEscaped(string message, string escaped) => Assert.That(
        WorkflowCommand.Annotation(new Finding("a.json", 1, 2, "", message), "a.json"),
        Is.EqualTo($"::error file=a.json,line=1,col=2,title=file/form::{escaped}"));

    [TestCase("a,b.json", "a%2Cb.json"), TestCase("a:b.json", "a%3Ab.json"), TestCase("a%.json", "a%25.json")]
    public void File_IsEscaped(string file, string escaped) => Assert.That(
        WorkflowCommand.Annotation(new Finding(file, 1, 2, "", "wrong"), file),
        Is.EqualTo($"::error file={escaped},line=1,col=2,title=file/form::wrong"));

    [Test]
    public void FindingOfAFile_HasNoLine() => Assert.That(
        WorkflowCommand.Annotation(new Finding("a.json", 0, 0, "", "does not exist"), "a.json"),
        Is.EqualTo("::error file=a.json,title=file/form::does not exist"));

    [Test]
    public void FindingWithoutAFile_HasNone() => Assert.That(
        WorkflowCommand.Annotation(new Finding("", 0, 0, "", "wrong"), ""), Is.EqualTo("::error title=file/form::wrong"));
}
