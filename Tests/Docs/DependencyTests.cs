using System.Xml.Linq;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>docs/dependencies.md lists every dependency, and says what it is for.</summary>
internal sealed class DependencyTests
{
    private static IEnumerable<string> Dependencies =>
    [
        .. XDocument.Parse(Text("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => (string)package.Attribute("Include")!),
        .. new[] { "package.json", "Tests/Runner/tools/package.json" }
            .SelectMany(file => Sections(file, "dependencies", "devDependencies")).Select(package => package.Name).Distinct(),
        .. Text("emulator/requirements.txt").Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('[', '=')[0]),
    ];

    [TestCaseSource(nameof(Dependencies))]
    public void Dependency_IsInATable(string name) => Assert.That(Rows("Not taken", within: false), Has.Some.Contains($"`{name}`"));

    [Test]
    public void NothingThatIsNotTaken_IsADependency() => Assert.That(
        Dependencies.Where(name =>
            Rows("Not taken", within: true).Any(row => row.Split('|')[1].Contains($"`{name}`", StringComparison.Ordinal))),
        Is.Empty);

    private static IEnumerable<JProperty> Sections(string file, params IEnumerable<string> names) =>
        names.SelectMany(name => (JObject.Parse(Text(file))[name] as JObject ?? []).Properties());

    /// <summary>Rows of the tables of one section, or of all others.</summary>
    private static IEnumerable<string> Rows(string section, bool within) => Text("docs/dependencies.md").Split("\n## ")
        .Where(part => part.StartsWith(section, StringComparison.Ordinal) == within)
        .SelectMany(part => part.Split('\n')).Where(line => line.StartsWith('|'));

    private static string Text(string path) => File.ReadAllText(Path.Combine(Checkout.Find().Root, path));
}
