using Infra.Tests.Emulator;
using Infra.Tests.Operations.Aws;
using Infra.Tests.Operations.Targets;
using Infra.Tests.Tooling;
using NUnit.Framework;

namespace Infra.Tests.Evidence;

internal sealed class RequirementRowsTests
{
    [Test]
    public void Read_ThisAssembly_FindsTestsAndFixturesByTheirRows()
    {
        var tests = RequirementRows.Read(typeof(RequirementRowsTests).Assembly)
            .ToDictionary(entry => entry.Row, entry => entry.Tests.Select(test => test.Name));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                tests["P3"],
                Does.Contain(
                    $"{typeof(AccountGuardTests).FullName}.{nameof(AccountGuardTests.CheckAsync_AnotherAccount_NamesBothAccountsTheFileAndWhatToDo)}"));
            Assert.That(tests["D6"], Does.Contain(typeof(StackOrderTests).FullName));
        }
    }

    [Test]
    public void Read_ThisAssembly_DerivesLayersFromCategories_AlsoInheritedOnes()
    {
        RowTest[] tests =
            [.. RequirementRows.Read(typeof(RequirementRowsTests).Assembly).SelectMany(entry => entry.Tests).Distinct()];
        EvidenceLayer Layer(Type fixture, string test) => tests.Single(shown => shown.Name == $"{fixture.FullName}.{test}").Layer;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Layer(typeof(LifecycleTests), nameof(LifecycleTests.RuntimeIsDestroyed_BaseStays)), Is.EqualTo(EvidenceLayer.Applied));
            Assert.That(
                Layer(typeof(ScriptTests), nameof(ScriptTests.Emulator)), Is.EqualTo(EvidenceLayer.Applied), "the test's own category");
            Assert.That(Layer(typeof(ScriptTests), nameof(ScriptTests.NodeScript)), Is.EqualTo(EvidenceLayer.Synthesized));
            Assert.That(tests.Select(test => test.Layer).Distinct(), Does.Contain(EvidenceLayer.Planned));
        }
    }

    [Test]
    public void SortKey_NumbersCountAsNumbers()
    {
        string[] rows = ["T-L10", "T10", "T-L2", "S1", "T2"];
        Assert.That(
            rows.OrderBy(RequirementRows.SortKey, StringComparer.Ordinal), Is.EqualTo(new[] { "S1", "T2", "T10", "T-L2", "T-L10" }));
    }
}
