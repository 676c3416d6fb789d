using Infra.Operations.Testing;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Testing;

internal sealed class RequirementsStatusTests
{
    private static string Docs(string file) => Path.Combine(Checkout.Find().Root, "docs", file);

    private static RequirementsStatus Status { get; } =
        new(Requirements.Read(Docs("requirements.json")), RequirementRows.Read(typeof(RequirementsStatusTests).Assembly.Location));

    [Test]
    public void Page_IsWhatTheTestsSay() => Approval.Verify(Docs("requirements-status.md"), Status.Write());

    [Test]
    public void Rows_ThatTestsName_AreRequirements() => Assert.That(Status.Unknown, Is.Empty);

    [Test]
    public void Gaps_NameTheLayerThatIsMissing()
    {
        var status = new RequirementsStatus(
            new Requirements(
                [("A", [("A1", "whole"), ("A2", "synthesized"), ("A3", "not on the emulator"), ("A4", "not at all")])],
                new Dictionary<string, IReadOnlyList<MissingOperation>> { ["A3"] = [new("chatbot:Create", "no such service")] }),
            [
                ("A1", [new RowTest("Infra.Tests.One", EvidenceLayer.Synthesized), new RowTest("Infra.Tests.Two", EvidenceLayer.Applied)]),
                ("A2", [new RowTest("Infra.Tests.One", EvidenceLayer.Synthesized)]),
                ("A3", [new RowTest("Infra.Tests.One", EvidenceLayer.Synthesized), new RowTest("Infra.Tests.Three", EvidenceLayer.Planned)]),
                ("A5", [new RowTest("Infra.Tests.One", EvidenceLayer.Synthesized)]),
            ]);

        Assert.Multiple(() =>
        {
            Assert.That(status.Gaps("A1"), Is.Empty);
            Assert.That(status.Gaps("A2").Select(gap => gap.Split(':')[0]), Is.EqualTo(new[] { "A2 is not planned", "A2 is not applied" }));
            Assert.That(status.Gaps("A3"), Is.Empty);
            Assert.That(status.Gaps("A4").Count(), Is.EqualTo(3));
            Assert.That(status.Unknown, Is.EqualTo(new[] { "A5" }));
            Assert.That(status.Write(), Does.Contain("| A1 | whole | 1 | 1 | 1 |")
                .And.Contain("| A3 | not on the emulator | 1 | 1 | —, without `chatbot:Create` |")
                .And.Contain("**A1**\n\n- synthesized: `One`\n- applied: `Two`\n"));
        });
    }
}
