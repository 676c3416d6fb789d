using NUnit.Framework;

namespace Infra.Tests.Support;

internal sealed class TextDifferenceTests
{
    [Test]
    public void RemovedAndAddedLines_AreShownAfterTheirContext() =>
        Assert.That(TextDifference.Describe("a\nb\nc\nd\ne\nf", "a\nb\nc\nd\nX\nY\nf"),
            Is.EqualTo("first difference in line 5:\n    b\n    c\n    d\n  - e\n  + X\n  + Y"));

    [Test]
    public void OneAddedLine_IsShown() =>
        Assert.That(TextDifference.Describe("a\nb", "a\nX\nb"), Is.EqualTo("first difference in line 2:\n    a\n  + X"));

    [Test]
    public void LongLines_AreShownWhereTheyDiffer()
    {
        string before = new('x', 500);
        string difference = TextDifference.Describe($"{before}one{before}", $"{before}two{before}");

        Assert.That(difference, Does.Contain("xxxonexxx").And.Contain("xxxtwoxxx").And.Length.LessThan(500));
    }

    [Test]
    public void ManyLines_AreCounted() =>
        Assert.That(TextDifference.Describe("", string.Join('\n', Enumerable.Range(1, 20))),
            Does.Contain("+ 8").And.Contain("12 more lines").And.Not.Contains("+ 9"));
}
