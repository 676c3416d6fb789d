using Infra.Operations.Testing;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Testing;

internal sealed class TestCommandTests
{
    [TestCase(false, null, null)]
    [TestCase(false, "Naming", "FullyQualifiedName~Naming")]
    [TestCase(false, "TestCategory=Terraform", "(TestCategory=Terraform)")]
    [TestCase(true, null, "TestCategory!=Terraform&TestCategory!=Emulator")]
    [TestCase(true, "Naming", "TestCategory!=Terraform&TestCategory!=Emulator&FullyQualifiedName~Naming")]
    public void Expression_IsWhatTheTestPlatformFiltersBy(bool fast, string? filter, string? expected) =>
        Assert.That(TestCommand.Expression(fast, filter), Is.EqualTo(expected));

    [Test]
    public void Read_ResultsFile_CountsAndKeepsFailuresAndReasons()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("results.trx", """
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
              <UnitTestResult testName="One" outcome="Passed" />
              <UnitTestResult testName="Two" outcome="Failed"><Output><ErrorInfo><Message>Expected: 1</Message>
                <StackTrace>   at X.Two() in /x/Two.cs:line 7</StackTrace></ErrorInfo></Output></UnitTestResult>
              <UnitTestResult testName="Three" outcome="NotExecuted"><Output><ErrorInfo><Message>needs Windows</Message></ErrorInfo>
                </Output></UnitTestResult>
            </Results></TestRun>
            """);
        TestResults results = TestResults.Read(file);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((results.Passed, results.Failed), Is.EqualTo((1, 1)));
            Assert.That(results.Failures, Is.EqualTo(new[] { new TestResult("Two", "Expected: 1", "at X.Two() in /x/Two.cs:line 7") }));
            Assert.That(results.Skipped, Is.EqualTo(new[] { new TestResult("Three", "needs Windows", "") }));
            TestResults both = results.And(new TestResults(4, [new TestResult("Four", "", "")], []));
            Assert.That((both.Passed, both.Failed, both.Skipped.Count), Is.EqualTo((5, 2, 1)));
            Assert.That(both.Failures.Select(failure => failure.Test), Is.EqualTo(new[] { "Two", "Four" }));
        }
    }
}
