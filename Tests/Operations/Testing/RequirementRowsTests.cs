using Infra.Operations.Testing;
using NUnit.Framework;

namespace Infra.Tests.Operations.Testing;

internal sealed class RequirementRowsTests
{
    [Test]
    [Property("Row", "X0")]
    public void Read_ThisAssembly_FindsThisTestByItsRow()
    {
        IReadOnlyList<string> tests = RequirementRows.Read(typeof(RequirementRowsTests).Assembly.Location).Single(entry => entry.Row == "X0").Tests;
        Assert.That(tests, Is.EqualTo(new[] { $"{typeof(RequirementRowsTests).FullName}.{nameof(Read_ThisAssembly_FindsThisTestByItsRow)}" }));
    }

    [Test]
    public void SortKey_NumbersCountAsNumbers()
    {
        string[] rows = ["T10", "S1", "T2"];
        Assert.That(rows.OrderBy(RequirementRows.SortKey, StringComparer.Ordinal), Is.EqualTo(new[] { "S1", "T2", "T10" }));
    }
}
