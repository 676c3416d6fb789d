using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Evidence;

internal sealed class RequirementsStatusTests
{
    private static string Docs(string file) => Path.Combine(Checkout.Find().Root, "docs", file);

    private static IEnumerable<string> Whole =>
    [
        .. Rows("H", 2, 3, 4, 5, 6, 8, 10), .. Rows("P", 1, 3, 4, 10, 11, 12), .. Rows("D", 1, 2, 3, 4, 5, 6, 8, 9, 10, 11),
        .. Rows("T", 1, 2, 3, 4, 5, 6, 7, 8, 9), .. Rows("L", 1, 4, 5, 6, 7, 8, 10, 11), .. Rows("S", [.. Enumerable.Range(1, 16)]),
    ];

    private static IEnumerable<string> Named =>
        [.. Rows("H", 1, 7, 9, 12), .. Rows("P", 2, 5, 6, 7, 8, 9), .. Rows("D", 7, 13), .. Rows("T", 10, 11, 12), .. Rows("L", 2, 3, 9)];

    private static IEnumerable<string> Rows(string system, params int[] numbers) => numbers.Select(number => $"{system}{number}");

    private static RequirementsStatus Status { get; } =
        new(Requirements.Read(Docs("requirements.json")), RequirementRows.Read(typeof(RequirementsStatusTests).Assembly));

    [Test]
    public void Page_IsWhatTheTestsSay() => Approval.Verify(Docs("requirements-status.md"), Status.Write());

    [Test]
    public void Rows_ThatTestsName_AreRequirements() => Assert.That(Status.Unknown, Is.Empty);

    /// <summary>Rows that have to be synthesized, planned and applied, each by a test that names them.</summary>
    [TestCaseSource(nameof(Whole))]
    public void Row_HasNoGap(string row) => Assert.That(Status.Gaps(row), Is.Empty);

    /// <summary>Rows of documents or workflows, which only need a test that names them.</summary>
    [TestCaseSource(nameof(Named))]
    public void Row_IsNamedByATest(string row) => Assert.That(Status.IsNamed(row), Is.True, $"no test names {row}");

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
                ("A3",
                [
                    new RowTest("Infra.Tests.One", EvidenceLayer.Synthesized),
                    new RowTest("Infra.Tests.Three", EvidenceLayer.Planned),
                ]),
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
                .And.Contain("| A4 | not at all | open | — | — |")
                .And.Contain("**A1**\n\n- synthesized: `One`\n- applied: `Two`\n"));
        });
    }
}
