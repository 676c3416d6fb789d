using FsCheck;
using FsCheck.Fluent;
using Infra.Configuration.Findings;
using Infra.Configuration.Reading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

[TestFixture]
public class NodeReaderTests
{
    [FsCheck.NUnit.Property(Arbitrary = [typeof(Json)])]
    public bool Read_ReturnsTheWrittenValue(JToken token, bool indented) =>
        JToken.DeepEquals(Json.ToToken(Json.Read(token.ToString(indented ? Formatting.Indented : Formatting.None))), token);

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Json)])]
    public bool Read_EveryPositionIsWhereTheTextHasTheValue(JToken token, bool indented)
    {
        string text = token.ToString(indented ? Formatting.Indented : Formatting.None);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        return Nodes(Json.Read(text)).All(found => Rest(found.At).StartsWith(found.Text, StringComparison.Ordinal));

        string Rest(Position at) => lines[at.Line - 1][(at.Column - 1)..];
    }

    [Test]
    public void Read_CommentsAndTrailingCommas_AreAllowed()
    {
        Node node = Json.Read("""
            // An environment.
            { /* its */ "a": [1, 2,], // first
              "b": "x", }
            """);

        Assert.That(Json.Write(node), Is.EqualTo("""{"a":[1,2],"b":"x"}"""));
        Assert.That(((ObjectNode)node).Find("b")!.Value.At, Is.EqualTo(new Position("test.json", 3, 8)));
    }

    [TestCase("{\n  \"a\": 1\n  \"b\": 2\n}", "3:3  a  is not JSON: a comma or a closing bracket is missing before \"")]
    [TestCase("{ \"a\": tru }", "1:11  a  is not JSON: ")]
    [TestCase("{ \"a\": 1", "1:")]
    [TestCase("{ 'a': 1 }", "1:3  a  is not JSON: text and keys are written in double quotes")]
    [TestCase("{ a: 1 }", "1:3  a  is not JSON: text and keys are written in double quotes")]
    [TestCase("{ \"a\": NaN }", "1:8  a  is not JSON: a value is expected")]
    [TestCase("{ \"a\": new Date(1) }", "1:8  a  is not JSON: a value is expected")]
    [TestCase("{} {}", "1:4")]
    [TestCase("", "1:1  is empty")]
    [TestCase("{ \"a\": 1, \"b\": { \"c\": 1, \"c\": 2 } }", "1:26  b.c  is given twice; first in line 1")]
    public void Read_InvalidJson_IsAFindingWithItsPosition(string text, string beginning)
    {
        var findings = new List<Finding>();
        NodeReader.Read("f", text, findings);

        Assert.That(findings, Has.Count.EqualTo(1));
        Assert.That(findings[0].ToString(), Does.StartWith($"f:{beginning}"));
    }

    [Test]
    public void Read_DeepNesting_IsAFinding()
    {
        var findings = new List<Finding>();

        Assert.That(NodeReader.Read("f", new string('[', 10_000), findings), Is.Null);
        Assert.That(findings, Has.Count.EqualTo(1));
    }

    [FsCheck.NUnit.Property]
    public Property Read_AnyText_NeverThrows() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("{}[]:,\"'\\/*ntfu-+.e0123 \n\r\tax".ToCharArray())).Select(c => new string(c)).ToArbitrary(),
        text =>
        {
            var findings = new List<Finding>();
            Node? node = NodeReader.Read("f", text, findings);
            return (node is not null || findings.Count == 1) && findings.All(f => f.Line >= 1 && f.Column >= 1);
        });

    /// <summary>Every node with the text that it starts with.</summary>
    private static IEnumerable<(Position At, string Text)> Nodes(Node node)
    {
        switch (node)
        {
            case ObjectNode entries:
                yield return (entries.At, "{");
                foreach (Member member in entries.Members)
                {
                    yield return (member.At, JsonConvert.ToString(member.Name));
                    foreach ((Position, string) inner in Nodes(member.Value))
                        yield return inner;
                }
                break;
            case ArrayNode list:
                yield return (list.At, "[");
                foreach ((Position, string) inner in list.Items.SelectMany(Nodes))
                    yield return inner;
                break;
            case ScalarNode scalar:
                yield return (scalar.At, JsonConvert.SerializeObject(scalar.Value));
                break;
        }
    }
}
