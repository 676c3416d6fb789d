using Infra.Configuration;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>A second environment of the same project in the same account and region takes nothing from the first.</summary>
internal sealed class TwoEnvironmentsTests
{
    /// <summary>Arguments that name something in an account.</summary>
    private static readonly string[] Naming =
        ["alarm_name", "bucket", "cluster_name", "domain", "family", "final_snapshot_identifier", "identifier", "name"];

    /// <summary>What such an argument is elsewhere.</summary>
    private static readonly Dictionary<(string Type, string Argument), string> NoName = new()
    {
        [("aws_security_group", "name")] = "unique within its VPC",
        [("aws_iam_role_policy", "name")] = "unique within its role",
        [("aws_db_parameter_group", "family")] = "version of PostgreSQL",
        [("aws_eip", "domain")] = "always vpc",
    };

    private static readonly Lazy<SynthesizedDeployment> One = new(() => Synthesize("one"));

    private static readonly Lazy<SynthesizedDeployment> Two = new(() => Synthesize("two"));

    private static SynthesizedDeployment Synthesize(string name)
    {
        LoadedEnvironment environment = WrittenEnvironment.Load(name, $$"""
            {
              "extends": "@/environments/local.json", "name": "{{name}}", "emulator": false, "disposable": false,
              "domain": { "name": "{{name}}.example.com" }, "naming": { "repository": "{project}-{env}/{purpose}" }
            }
            """);
        return SynthesizedDeployment.Of(environment);
    }

    private static IEnumerable<string> NamesIn(SynthesizedStack stack) =>
        from type in ((JObject)stack.Json["resource"]!).Properties()
        from argument in Naming
        where !NoName.ContainsKey((type.Name, argument))
        from resource in ((JObject)type.Value).Properties()
        let value = (string?)((resource.Value as JObject)?[argument] as JValue)
        where value is not null && !value.Contains("${", StringComparison.Ordinal)
        // Addresses of one host are records of one name and two types.
        select $"{type.Name} {argument} {value} {resource.Value["type"]}".TrimEnd();

    [TestCase("base"), TestCase("runtime")]
    [Property("Row", "P12"), Property("Row", "L5")]
    public void Names_AreTheEnvironmentsOwn(string stack)
    {
        string[] names = [.. NamesIn(One.Value[stack])];

        Assert.Multiple(() =>
        {
            Assert.That(names, Has.Length.GreaterThan(5));
            Assert.That(names.Intersect(NamesIn(Two.Value[stack])), Is.Empty);
        });
    }

    [TestCase("base"), TestCase("runtime")]
    [Property("Row", "P12")]
    public void Names_AreUniqueWithinAnEnvironment(string stack) =>
        Assert.That(NamesIn(One.Value[stack]), Is.Unique);

    [TestCase("base"), TestCase("runtime")]
    [Property("Row", "P12")]
    public void StatesAndLocks_AreTheEnvironmentsOwn(string stack)
    {
        JToken one = One.Value[stack].Json["terraform"]!["backend"]!["s3"]!;
        JToken two = Two.Value[stack].Json["terraform"]!["backend"]!["s3"]!;

        Assert.Multiple(() =>
        {
            // A lock's id is bucket and key, in the table and beside the state.
            Assert.That((string?)one["key"], Is.EqualTo($"demo/one/{stack}"));
            Assert.That((string?)two["key"], Is.EqualTo($"demo/two/{stack}"));
            Assert.That((string?)one["bucket"], Is.EqualTo((string?)two["bucket"]), "one bucket for a project in an account");
        });
    }

    [Test, Property("Row", "P12")]
    public void Runtime_ReadsItsOwnBase()
    {
        Assert.Multiple(() =>
        {
            Assert.That((string?)One.Value.Runtime.Data("terraform_remote_state", "base")["config"]!["key"], Is.EqualTo("demo/one/base"));
            Assert.That((string?)Two.Value.Runtime.Data("terraform_remote_state", "base")["config"]!["key"], Is.EqualTo("demo/two/base"));
        });
    }

    [Test, Property("Row", "P12"), Property("Row", "L5")]
    public void Policies_OfOneReachNothingOfTheOther()
    {
        IEnumerable<string> named = PolicyStatement.Of(One.Value.Base).SelectMany(statement => statement.Resources);

        Assert.That(named.Where(resource => resource.Contains("two", StringComparison.Ordinal)), Is.Empty);
        Assert.That(
            named.Where(resource => resource.StartsWith("arn:aws:s3:::", StringComparison.Ordinal)
                && !resource.Contains("-one-", StringComparison.Ordinal)), Is.Empty);
    }

    [Test, Property("Row", "P12"), Property("Row", "H4")]
    public void Bootstrap_HoldsTheRolesOfBoth_WhicheverItIsMadeFrom()
    {
        const string common = """
            "project": "acme", "account": "111111111111", "region": "us-east-1", "github": { "repository": "acme/infra" }
            """;
        using var folder = new Configuration.TestFolder();
        folder.Write("environments/one.json", $$"""{ "name": "one", {{common}}, "disposable": true, "tags": { "Team": "one" } }""");
        folder.Write("environments/two.json", $$"""{ "name": "two", {{common}} }""");
        folder.Write("environments/elsewhere.json",
            $$"""{ "name": "elsewhere", {{common.Replace("111111111111", "222222222222", StringComparison.Ordinal)}} }""");

        string[] stacks = [.. new[] { "one", "two" }.Select(name =>
            CanonicalJson.Write(SynthesizedDeployment.Of(EnvironmentFile.Load(name, folder.Root).Environment!)["bootstrap"].Json))];

        Assert.That(stacks[0], Is.EqualTo(stacks[1]));
        Assert.That(stacks[0], Does.Contain("acme-one-infra-apply").And.Contain("acme-two-infra-apply").And.Not.Contain("elsewhere"));
    }
}
