using Infra.Operations.Doctor;
using Infra.Operations.Doctor.Readiness;
using NUnit.Framework;

namespace Infra.Tests.Operations.Doctor;

/// <summary>The checklist is complete.</summary>
internal sealed class ProductionChecksTests
{
    [Test]
    public void EveryCheck_IsInTheChecklistOnce() => Assert.That(
        ProductionChecks.All.Select(check => check.GetType()),
        Is.EquivalentTo(typeof(ReadinessCheck).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(ReadinessCheck)))));

    [Test]
    public void Ids_AreUniqueAndLowerCase() => Assert.That(
        ProductionChecks.All.Select(check => check.Id), Is.Unique.And.All.Matches("^[a-z]+(-[a-z]+)*$"));
}
