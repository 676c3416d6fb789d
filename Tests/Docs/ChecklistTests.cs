using Infra.Operations.Doctor;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>docs/checklists.md has the entries that doctor checks.</summary>
[Property("Row", "D-L5")]
internal sealed class ChecklistTests
{
    [Test]
    public void ProductionReadiness_ListsWhatDoctorChecks() => GeneratedSection.Verify(
        "docs/checklists.md",
        "production readiness",
        "| entry | requirement | read from |\n|---|---|---|\n"
            + string.Concat(ProductionChecks.All.Select(check => $"| `{check.Id}` | {check.Requirement} | {check.Source} |\n")));
}
