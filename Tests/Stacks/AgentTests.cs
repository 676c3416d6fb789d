using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>System L's two environments: the same configuration in two accounts, with nothing shared.</summary>
internal sealed class AgentTests
{
    /// <summary>Arguments that contain a name in AWS.</summary>
    private static readonly string[] Naming = ["bucket", "cluster_name", "domain", "identifier", "name"];

    private static IEnumerable<string> NamesIn(Example example) =>
        from stack in new[] { example.Base, example.Runtime }
        from type in ((JObject)stack.Json["resource"]!).Properties()
        where type.Name is not ("aws_iam_role_policy" or "aws_ssm_parameter" or "aws_secretsmanager_secret" or "aws_ecr_repository"
            or "aws_kms_alias" or "aws_cloudwatch_log_group" or "aws_security_group" or "aws_eip" or "aws_db_parameter_group")
        from argument in Naming
        from resource in ((JObject)type.Value).Properties()
        let value = (string?)((resource.Value as JObject)?[argument] as JValue)
        where value is not null && !value.Contains("${", StringComparison.Ordinal)
        select value;

    [Test, Property("Row", "L1")]
    public void Environments_HaveTheRowsAccountsRegionAndPrefixes()
    {
        Assert.Multiple(() =>
        {
            foreach ((Example example, string account, string prefix) in new[]
            {
                (Example.AgentBeta, "111111111111", "beta-awslegalpoc"), (Example.AgentProduction, "222222222222", "awslegalpoc"),
            })
            {
                Assert.That((example.Config.Account, example.Config.Region), Is.EqualTo((account, "us-east-2")));
                Assert.That((string?)example.Runtime.Single("aws_ecs_cluster")["name"], Is.EqualTo(prefix));
                Assert.That(NamesIn(example).Where(name => !name.StartsWith(prefix, StringComparison.Ordinal))
                    .Except(["beta-legalpoc-111111111111", "legalpoc-222222222222", "beta.legal.example.com", "legal.example.com"]),
                    Is.Empty);
            }

            Assert.That(Example.AgentProduction.Config.Production, Is.True);
        });
    }

    [Test, Property("Finding", "A23")]
    public void Production_IsServedByHttps_WhereItsSignInLeadsBackTo()
    {
        SynthesizedStack runtime = Example.AgentProduction.Runtime;

        Assert.Multiple(() =>
        {
            Assert.That((string?)runtime.Resource("aws_lb_listener", "https")["certificate_arn"], Is.Not.Null);
            Assert.That(
                (string?)runtime.Resource("aws_lb_listener_rule", "streamlit")["listener_arn"], Is.EqualTo("${aws_lb_listener.https.arn}"));
            Assert.That(
                Example.AgentProduction.Config.Identity!.CallbackUrls,
                Is.All.StartsWith($"https://{(string?)runtime.Resource("aws_route53_record", "host")["name"]}/"));
        });
    }

    [Test, Property("Row", "L1"), Property("Row", "L5")]
    public void Environments_ShareNoName() => Assert.That(NamesIn(Example.AgentBeta).Intersect(NamesIn(Example.AgentProduction)), Is.Empty);

    [Test, Property("Row", "L5")]
    public void EachEnvironment_HasItsOwnNetworkPeopleAndTables()
    {
        Assert.Multiple(() =>
        {
            foreach (Example example in new[] { Example.AgentBeta, Example.AgentProduction })
            {
                Assert.That((string?)example.Base.Single("aws_vpc")["cidr_block"], Is.EqualTo("10.40.0.0/16"));
                Assert.That(
                    (string?)example.Base.Single("aws_cognito_user_pool")["name"], Does.StartWith(example.Environment.Names.Prefix));
                Assert.That(
                    example.Base.Ids("aws_dynamodb_table").Select(id => (string?)example.Base.Resource("aws_dynamodb_table", id)["name"]),
                    Is.EqualTo(
                        new[] { $"{example.Environment.Names.Prefix}-conversations", $"{example.Environment.Names.Prefix}-documents" }));
            }
        });
    }

    [Test, Property("Row", "L5")]
    public void Policies_ReachNothingOfTheOtherAccount()
    {
        foreach (
            (Example example, string other) in new[] { (Example.AgentBeta, "222222222222"), (Example.AgentProduction, "111111111111") })
            Assert.That(
                new[] { example.Bootstrap, example.Base }.SelectMany(PolicyStatement.Of).SelectMany(statement => statement.Resources)
                    .Where(resource => resource.Contains(other, StringComparison.Ordinal)),
                Is.Empty, example.File);
    }

    [Test, Property("Row", "L6")]
    public void Langfuse_IsBelowTheProjectsOwnTree_AndItsSecretKeyInSecretsManager()
    {
        Assert.Multiple(() =>
        {
            foreach (Example example in new[] { Example.AgentBeta, Example.AgentProduction })
            {
                string env = example.Config.Name;
                Assert.That((string?)example.Base.Resource("aws_ssm_parameter", "parameter-langfuse_public-key")["name"],
                    Is.EqualTo($"/legalpoc/{env}/langfuse/public-key"));
                Assert.That((string?)example.Base.Resource("aws_ssm_parameter", "parameter-langfuse_host")["name"],
                    Is.EqualTo($"/legalpoc/{env}/langfuse/host"));
                Assert.That((string?)example.Base.Resource("aws_secretsmanager_secret", "secret-langfuse_secret-key")["name"],
                    Is.EqualTo($"{env}/awslegalpoc/langfuse/secret-key"));
                Assert.That(example.Base.Ids("aws_secretsmanager_secret_version"), Has.None.EqualTo("secret-langfuse_secret-key_version"),
                    "a person gives the value");
                Assert.That(
                    PolicyStatement.Of(example.Base)
                        .Where(statement => statement.Id.StartsWith("assistant-agent", StringComparison.Ordinal)
                            && statement.Names("secretsmanager:GetSecretValue"))
                        .SelectMany(statement => statement.Resources),
                    Is.EqualTo(new[] { "${aws_secretsmanager_secret.secret-langfuse_secret-key.arn}" }));
            }
        });
    }

    [Test, Property("Row", "L7"), Property("Row", "L5")]
    public void EachEnvironment_HasItsOwnAgentRuntime()
    {
        Assert.Multiple(() =>
        {
            foreach ((Example example, string name)
                in new[] { (Example.AgentBeta, "beta_awslegalpoc_assistant"), (Example.AgentProduction, "awslegalpoc_assistant") })
            {
                JObject template =
                    JObject.Parse((string)example.Runtime.Resource("aws_cloudformation_stack", "agent-assistant")["template_body"]!);
                Assert.That((string?)template.SelectToken("Resources.Runtime.Properties.AgentRuntimeName"), Is.EqualTo(name));
                Assert.That(
                    (string?)template.SelectToken("Resources.Runtime.Properties.NetworkConfiguration.NetworkMode"), Is.EqualTo("VPC"));
                Assert.That(template.SelectToken("Resources.Runtime.Properties.AuthorizerConfiguration"), Is.Null,
                    "the API invokes it by its role");
                Assert.That(
                    PolicyStatement.Of(example.Base).Where(statement => statement.Names("bedrock-agentcore:InvokeAgentRuntime"))
                        .SelectMany(statement => statement.Resources),
                    Is.EqualTo(new[] { $"arn:aws:bedrock-agentcore:us-east-2:{example.Config.Account}:runtime/{name}-*" }));
                Assert.That(template.SelectToken("Resources.Runtime.DeletionPolicy"), Is.Null);
                Assert.That((string?)template.SelectToken("Resources.Endpoint.Properties.Name"), Is.EqualTo("live"));
            }
        });
    }

    [Test, Property("Row", "L8")]
    public void EverythingThatCanBeRolledBack_KeepsItsEarlierVersions()
    {
        Assert.Multiple(() =>
        {
            foreach (Example example in new[] { Example.AgentBeta, Example.AgentProduction })
            {
                // Infrastructure: earlier versions of the state.
                Assert.That((string?)example.Bootstrap.Single("aws_s3_bucket_versioning").SelectToken("versioning_configuration.status"),
                    Is.EqualTo("Enabled"));
                // Agent version and task definition: the ledger's history, and immutable images.
                foreach (string name in new[] { "streamlit", "assistant" })
                {
                    Assert.That((string?)example.Base.Resource("aws_ssm_parameter", $"release-{name}")["name"],
                        Is.EqualTo($"/legalpoc/{example.Config.Name}/releases/{name}"));
                    Assert.That((string?)example.Base.Resource("aws_ecr_repository", $"repository-{name}")["image_tag_mutability"],
                        Is.EqualTo("IMMUTABLE"));
                }
                // Database: daily backups, and a final snapshot.
                JObject database = example.Base.Single("aws_db_instance");
                Assert.That((int?)database["backup_retention_period"], Is.EqualTo(example.Config.Production ? 14 : 1));
                Assert.That((bool?)database["skip_final_snapshot"], Is.False);
            }
        });
    }

    [Test, Property("Row", "L11")]
    public void Beta_HasNoTasksOffHours_AndProductionIsAlwaysOn()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Example.AgentBeta.Config.Schedule, Is.Not.Null);
            Assert.That((Example.AgentBeta.Config.Schedule!.Timezone, Example.AgentBeta.Config.Schedule.DestroysRuntime),
                Is.EqualTo(("America/New_York", false)));
            Assert.That(
                Example.AgentBeta.Base.Ids("aws_scheduler_schedule")
                    .Select(id => (string?)Example.AgentBeta.Base.Resource("aws_scheduler_schedule", id)["schedule_expression_timezone"]),
                Is.Not.Empty.And.All.EqualTo("America/New_York"));
            Assert.That(Example.AgentProduction.Base.Ids("aws_scheduler_schedule"), Is.Empty);
            Assert.That(
                JObject.Parse((string)Example.AgentBeta.Runtime.Resource("aws_cloudformation_stack", "agent-assistant")["template_body"]!)
                .SelectToken("Resources.Logs.Properties.RetentionInDays")!.Value<int>(), Is.EqualTo(14));
        });
    }
}
