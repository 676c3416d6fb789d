using Infra.Operations.Terraform;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class AttributeDifferencesTests
{
    [TestCase("""{ "a": 90 }""", """{ "a": 60 }""", "a: 90 -> 60")]
    [TestCase("""{ "a": true }""", """{ "a": false }""", "a: true -> false")]
    [TestCase("""{ "a": null, "b": "" }""", """{ "a": [], "b": null }""", TestName = "Two ways to write nothing are no difference")]
    [TestCase("""{ "b": [{ "c": { "d": 1, "e": 2 } }] }""", """{ "b": [{ "c": { "d": 1, "e": 3 } }] }""", "b[0].c.e: 2 -> 3")]
    [TestCase("""{ "tags": { "x": "1" } }""", """{ "tags": { "y": "2" } }""", "tags.x: 1 -> (none)", "tags.y: (none) -> 2")]
    [TestCase("""{ "ids": ["x", "y", "z"] }""", """{ "ids": ["z", "w", "x"] }""", "ids[1]: y -> w")]
    [TestCase("""{ "ids": ["x", "y"] }""", """{ "ids": ["w", "x", "y", "z"] }""", "ids[0]: (none) -> w", "ids[3]: (none) -> z")]
    [TestCase("""{ "ids": ["x", "y"] }""", """{ "ids": ["y", "x"] }""", """ids: ["x","y"] -> ["y","x"]""")]
    [TestCase("""{ "b": [{ "port": 1 }, { "port": 2 }] }""", """{ "b": [{ "port": 2 }] }""", """b[0]: {"port":1} -> (none)""")]
    [TestCase("""{ "b": [] }""", """{ "b": [{ "port": 2 }] }""", """b: (none) -> [{"port":2}]""")]
    public void Of_Values_AreComparedByPath(string before, string after, params string[] expected) =>
        Assert.That(Compare(before, after), Is.EqualTo(expected));

    [Test, Property("Finding", "U2")]
    public void Of_Policy_HasThePathThatDiffers()
    {
        const string Before = """{"Statement":[{"Sid":"Read","Action":["s3:GetObject","s3:ListBucket"],"Effect":"Allow"}],"Version":"2012-10-17"}""";
        const string After =
            """{"Statement":[{"Sid":"New","Action":"s3:PutObject"},{"Sid":"Read","Action":["s3:GetObject","s3:GetObjectTagging"],"Effect":"Allow"}],"Version":"2012-10-17"}""";
        Assert.That(Compare(Object("policy", Before), Object("policy", After)), Is.EqualTo(new[]
        {
            "policy.Statement[Read].Action[1]: s3:ListBucket -> s3:GetObjectTagging",
            """policy.Statement[New]: (none) -> {"Sid":"New","Action":"s3:PutObject"}""",
        }));
    }

    [Test, Property("Finding", "U2")]
    public void Of_ContainerDefinitions_HasTheVariableThatDiffers()
    {
        const string Before = """[{"name":"web","environment":[{"name":"LEVEL","value":"info"},{"name":"PORT","value":"80"}]}]""";
        const string After =
            """[{"name":"proxy"},{"name":"web","environment":[{"name":"ADDED","value":"1"},{"name":"LEVEL","value":"debug"},{"name":"PORT","value":"80"}]}]""";
        Assert.That(Compare(Object("container_definitions", Before), Object("container_definitions", After)), Is.EqualTo(new[]
        {
            "container_definitions[web].environment[LEVEL].value: info -> debug",
            """container_definitions[web].environment[ADDED]: (none) -> {"name":"ADDED","value":"1"}""",
            """container_definitions[proxy]: (none) -> {"name":"proxy"}""",
        }));
    }

    [Test]
    public void Of_TextThatOnlyBeginsLikeJson_IsAText() =>
        Assert.That(Compare(Object("a", "{x"), Object("a", "{y")), Is.EqualTo(new[] { "a: {x -> {y" }));

    [TestCase("""{ "a": true }""", "a: (sensitive) -> (sensitive)", "b: 1 -> 2")]
    [TestCase("""{ "a": { "secret": true } }""", "a.secret: (sensitive) -> (sensitive)", "b: 1 -> 2")]
    public void Of_SensitiveValues_NeverAppear(string sensitive, params string[] expected)
    {
        foreach (string side in new[] { "before_sensitive", "after_sensitive" })
            Assert.That(Compare(
                """{ "a": { "secret": "old" }, "b": 1 }""", """{ "a": { "secret": "new" }, "b": 2 }""", (side, sensitive)),
                Is.EqualTo(expected), side);
    }

    [Test]
    public void Of_SensitiveElementOfAList_NeverAppears()
    {
        foreach (string after in new[] { """{ "l": [{ "v": "new" }] }""", """{ "l": [{ "v": "new" }, { "v": "more" }] }""" })
            Assert.That(
                Compare("""{ "l": [{ "v": "old" }] }""", after, ("before_sensitive", """{ "l": [{ "v": true }] }""")),
                Has.None.Contain("old").And.None.Contain("new").And.Not.Empty);
    }

    [TestCase("""{ "a": true }""", """a: {"x":1} -> (known after apply)""")]
    [TestCase("""{ "a": { "x": true } }""", "a.x: 1 -> (known after apply)")]
    [TestCase("""{ "l": [true] }""", "l[0]: 1 -> (known after apply)")]
    [TestCase("""{ "n": true }""", "n: (none) -> (known after apply)")]
    public void Of_UnknownValues_AreKnownAfterApply(string unknown, string expected) => Assert.That(
        Compare("""{ "a": { "x": 1 }, "l": [1] }""", """{ "a": { "x": 1 }, "l": [1] }""", ("after_unknown", unknown)),
        Is.EqualTo(new[] { expected }));

    [Test]
    public void Of_ReplacePaths_AreMarked()
    {
        var change = Change("""{ "a": 1, "b": [{ "c": 1 }] }""", """{ "a": 2, "b": [{ "c": 2 }] }""");
        change["replace_paths"] = JArray.Parse("""[["b", 0, "c"]]""");
        Assert.That(AttributeDifferences.Of(change), Is.EqualTo(new[]
        {
            new AttributeChange("a", "1", "2"), new AttributeChange("b[0].c", "1", "2", ForcesReplacement: true),
        }));
    }

    private static IEnumerable<string> Compare(string before, string after, params (string Name, string Json)[] marks)
    {
        JObject change = Change(before, after);
        foreach ((string name, string json) in marks)
            change[name] = JObject.Parse(json);
        return AttributeDifferences.Of(change).Select(each => $"{each.Path}: {each.Before} -> {each.After}");
    }

    private static JObject Change(string before, string after) =>
        new() { ["before"] = JObject.Parse(before), ["after"] = JObject.Parse(after) };

    private static string Object(string name, string value) => new JObject { [name] = value }.ToString();
}
