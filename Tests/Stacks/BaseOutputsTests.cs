using System.Text.RegularExpressions;
using Infra.Contracts;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>Base and runtime use the same outputs.</summary>
internal sealed partial class BaseOutputsTests
{
    /// <summary>Outputs for operators and workflows, which no stack reads.</summary>
    private static readonly string[] OperatorOutputs =
        ["certificate_validation", "code_bucket", "database_host", "github_delivery_role_arn", "github_push_role_arn",
            "github_verify_role_arn", "name_servers", "restore_role_arn", "local_delivery_role_arn"];

    private static readonly Regex ForPeopleOfSites = SiteOutput();

    private static readonly Regex ForPeopleOfLayers = LayerOutput();

    /// <summary>Names of the outputs, in order, without creating resources.</summary>
    private static string[] Contract(Example example)
    {
        var names = new NameRecorder();
        BaseOutputs.Exchange(names, example.Config, example.Environment.Names, made: null);
        return [.. names.Names.Order(StringComparer.Ordinal)];
    }

    private static string[] OutputsOf(SynthesizedStack stack) =>
        [.. ((JObject)stack.Json["output"]!).Properties().Select(output => output.Name).Order(StringComparer.Ordinal)];

    private static string[] ReadBy(SynthesizedStack stack) =>
        [.. Reference()
            .Matches(CanonicalJson.Write(stack.Json))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Order(StringComparer.Ordinal)];

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D6")]
    public void Base_PublishesTheContract_AndOperatorOutputs(Example example)
    {
        string[] rest = [.. OutputsOf(example.Base).Except(Contract(example))];

        Assert.Multiple(() =>
        {
            Assert.That(OutputsOf(example.Base), Is.SupersetOf(Contract(example)));
            Assert.That(
                rest.Where(name => !OperatorOutputs.Contains(name) && !ForPeopleOfSites.IsMatch(name) && !ForPeopleOfLayers.IsMatch(name)),
                Is.Empty, "part of the contract, or read by people: say which");
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.WithServices)), Property("Row", "D6")]
    public void Runtime_ReadsTheWholeContract_AndNothingElse(Example example) =>
        Assert.That(ReadBy(example.Runtime), Is.EqualTo(Contract(example)));

    [Test, Property("Row", "D6")]
    public void Names_AreStable()
    {
        // Deployed runtimes read them. To rename one, a release must write both.
        Assert.That(Contract(Example.Tap), Is.EqualTo(new[]
        {
            "alb_log_bucket",
            "alb_security_group_id",
            "alert_topic_arn",
            "certificate_arn",
            "ecs_security_group_id",
            "private_route_table_ids",
            "private_subnet_ids",
            "public_subnet_ids",
            "secret_cognito_client_secret_arn",
            "secret_database_master_arn",
            "secret_database_url_arn",
            "secret_jwt_secret_key_arn",
            "service_backend_execution_role_arn",
            "service_backend_migration_role_arn",
            "service_backend_repository_url",
            "service_backend_task_role_arn",
            "vpc_id",
            "zone_id",
        }));
    }

    [Test, Property("Row", "T6"), Property("Row", "D5")]
    public void OperatorOutputNames_AreStable() =>
        Assert.That(OutputsOf(Example.Tap.Base).Except(Contract(Example.Tap)), Is.EqualTo(new[]
        {
            "database_host", "github_delivery_role_arn", "github_push_role_arn", "github_verify_role_arn", "name_servers", "site_spa_bucket",
            "site_spa_distribution_id", "site_spa_domain_name",
        }));

    [TestCaseSource(typeof(Example), nameof(Example.Stacks))]
    public void EveryOutput_HasADescription(Example example, string stack)
    {
        Assert.Multiple(() =>
        {
            foreach (JProperty output in ((JObject)example.Deployment[stack].Json["output"]!).Properties())
                Assert.That((string?)output.Value["description"], Does.EndWith("."), output.Name);
        });
    }

    [GeneratedRegex(@"data\.terraform_remote_state\.base\.outputs\.([A-Za-z0-9_-]+)")]
    private static partial Regex Reference();

    [GeneratedRegex("^site_[a-z0-9_]+_(bucket|distribution_id|domain_name)$")]
    private static partial Regex SiteOutput();

    [GeneratedRegex("^layer_[a-z0-9_]+_parameter$")]
    private static partial Regex LayerOutput();

    private sealed class NameRecorder : IOutputChannel
    {
        public List<string> Names { get; } = [];

        public string Text(string name, string description, string? made)
        {
            Names.Add(name);
            return name;
        }

        public IReadOnlyList<string> List(string name, string description, int count, IReadOnlyList<string>? made) =>
            [.. Enumerable.Repeat(Text(name, description, made: null), count)];
    }
}
