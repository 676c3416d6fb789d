using Infra.Operations.Testing;
using Infra.Tests.Operations.Aws;
using Infra.Tests.Operations.Deployment;
using NUnit.Framework;

namespace Infra.Tests.Operations.Testing;

internal sealed class RequirementRowsTests
{
    [Test]
    public void Read_ThisAssembly_FindsTestsAndFixturesByTheirRows()
    {
        var tests = RequirementRows.Read(typeof(RequirementRowsTests).Assembly.Location).ToDictionary(entry => entry.Row, entry => entry.Tests);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                tests["P3"],
                Does.Contain($"{typeof(AccountGuardTests).FullName}.{nameof(AccountGuardTests.CheckAsync_AnotherAccount_NamesBothAccountsTheFileAndWhatToDo)}"));
            Assert.That(tests["D6"], Does.Contain(typeof(StackOrderTests).FullName));
        }
    }

    [Test]
    public void SortKey_NumbersCountAsNumbers()
    {
        string[] rows = ["T10", "S1", "T2"];
        Assert.That(rows.OrderBy(RequirementRows.SortKey, StringComparer.Ordinal), Is.EqualTo(new[] { "S1", "T2", "T10" }));
    }
}
