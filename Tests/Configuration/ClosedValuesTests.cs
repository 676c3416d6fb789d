using Infra.Configuration;
using Infra.Configuration.Model;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

public class ClosedValuesTests
{
    private static readonly Type[] Enums = [.. typeof(EnvironmentConfig).Assembly.GetTypes()
        .Where(type => type.IsEnum && type.Namespace == typeof(EnvironmentConfig).Namespace)];

    [TestCaseSource(nameof(Enums))]
    public void EveryMember_HasItsOwnText(Type type) =>
        Assert.That(Enum.GetValues(type).Cast<Enum>().Select(value => value.Text()), Is.Unique.And.All.Match("^[a-z][A-Za-z0-9_-]*$"));

    // Where a value is invalid, the reader continues with one that no rule recognizes.
    [TestCaseSource(nameof(Enums))]
    public void NoMember_IsMinusOne(Type type) => Assert.That(((Enum)Enum.ToObject(type, -1)).Text(), Is.Empty);

    [Test]
    public void EveryTextOfTheSchema_IsReadAsItsMember()
    {
        foreach (string text in JObject.Parse(SchemaWriter.Write()).SelectToken("definitions.network.properties.nat.enum")!
            .Values<string>().OfType<string>())
        {
            using var folder = new TestFolder();
            folder.Write("dev.json", $$"""
                {
                  "name": "dev", "project": "shop", "account": "111111111111", "region": "us-east-1", "network": { "nat": "{{text}}" }
                }
                """);
            Assert.That(EnvironmentFile.Load("dev.json", folder.Root).Environment!.Config.Network.Nat.Text(), Is.EqualTo(text));
        }
    }
}
