using Infra.Configuration;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Configuration;

[TestFixture]
public class SchemaTests
{
    private static readonly JObject Schema = JObject.Parse(SchemaWriter.Write());

    [Test]
    public void CommittedSchema_IsTheOneOfTheRecords() =>
        Approval.Verify(Path.Combine(Checkout.Find().Root, "environments", "schema.json"), SchemaWriter.Write());

    [Test]
    public void CommittedReference_IsTheOneOfTheRecords() => GeneratedPage.Verify("configuration.md", ReferenceWriter.Write());

    [Test]
    public void Schema_AllowsNoUnknownKeys_AndDescribesEveryKey()
    {
        IEnumerable<JObject> objects = Schema["definitions"]!.Values().OfType<JObject>().Append(Schema);
        foreach (JObject definition in objects)
        {
            Assert.That((bool?)definition["additionalProperties"], Is.False, definition.Path);
            foreach (JProperty property in ((JObject)definition["properties"]!).Properties().Where(p => p.Name != "$schema"))
                Assert.That((string?)property.Value["description"], Is.Not.Empty.And.Not.Null, property.Path);
        }
    }

    [Test]
    public void Schema_RequiresTheSameKeysAsTheReader_UnlessAFileExtendsAnother()
    {
        Assert.That(Schema["if"]!.ToString(Newtonsoft.Json.Formatting.None),
            Is.EqualTo("""{"required":["name"],"not":{"required":["extends"]}}"""));
        Assert.That(Schema["then"]!["required"]!.Values<string>(), Is.EqualTo(new[] { "name", "project", "account", "region" }));
        Assert.That(
            Schema["then"]!.SelectToken(
                "properties.services.additionalProperties.properties.jobs.additionalProperties.required")!.Values<string>(),
                Is.EqualTo(new[] { "schedule", "command" }));
    }

    [TestCase("definitions.service.properties.cpu.enum[0]", "256")]
    [TestCase("definitions.service.properties.port.maximum", "65535")]
    [TestCase("definitions.network.properties.nat.default", "single")]
    [TestCase("definitions.network.properties.zones.items.pattern", "^([a-f])$")]
    [TestCase("definitions.network.properties.zones.minItems", "2")]
    [TestCase("definitions.database.properties.maxStorageGiB.minimum", "22")]
    [TestCase("properties.services.propertyNames.pattern", "^([a-z]([a-z0-9-]{0,30}[a-z0-9])?)$")]
    public void Schema_HasTheLimitsOfTheRecords(string path, string expected) =>
        Assert.That((string?)Schema.SelectToken(path), Is.EqualTo(expected));
}
