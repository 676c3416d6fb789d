using NUnit.Framework;

namespace Infra.Tests.Architecture;

internal sealed class SourceFolderTests
{
    [Test]
    public void Circle_OverThreeFolders_IsFoundOnce() => Assert.That(
        Cycles(("namespace Infra.A;", ["Infra.B"]), ("namespace Infra.B;", ["Infra.C"]), ("namespace Infra.C;", ["Infra.A"]),
            ("namespace Infra.D;", ["Infra.A"])),
        Is.EqualTo(new[] { "Infra.A, Infra.B, Infra.C" }));

    [Test]
    public void OneWay_IsNoCircle() =>
        Assert.That(
            Cycles(("namespace Infra.A;", ["Infra.B"]), ("namespace Infra.B;", ["System.Text", "Infra.C"]), ("namespace Infra.C;", [])),
            Is.Empty);

    [Test]
    public void TypeOfTheFolderAbove_IsAnImportWithoutAUsingLine() => Assert.That(
        Cycles(("namespace Infra.A;\npublic sealed class Top;", ["Infra.A.Lower"]),
            ("namespace Infra.A.Lower;\ninternal class X { Top? _top; }", [])),
        Is.EqualTo(new[] { "Infra.A, Infra.A.Lower" }));

    [TestCase("// Top is above")]
    [TestCase("const string Text = \"Top\";")]
    [TestCase("X.Top();")]
    public void NameInTextAndMembers_IsNoImport(string line) => Assert.That(
        Cycles(("namespace Infra.A;\npublic sealed class Top;", ["Infra.A.Lower"]),
            ($"namespace Infra.A.Lower;\ninternal class X {{\n{line}\n}}", [])), Is.Empty);

    private static IEnumerable<string> Cycles(params (string Text, string[] Usings)[] files) => SourceFolder.Cycles(SourceFolder.ReadAll(
        files.Select((file, index) => ($"{index}.cs", string.Concat(file.Usings.Select(each => $"using {each};\n")) + file.Text))));
}
