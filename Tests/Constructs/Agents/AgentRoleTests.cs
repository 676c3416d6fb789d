using Infra.Configuration.Model;
using Infra.Constructs.Agents;
using Infra.Constructs.Containers;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Agents;

internal sealed class AgentRoleTests
{
    private static readonly GrantableArns Grants = new(
        new Dictionary<string, string>(),
        new Dictionary<string, string> { ["sessions"] = "arn:sessions" },
        new Dictionary<string, string>(),
        new Dictionary<string, string> { ["langfuse/secret-key"] = "arn:langfuse", ["partner"] = "arn:partner" });

    private static PolicyStatement[] Statements(AgentConfig config) => [.. PolicyStatement.Of(SynthesizedStack.Of(stack =>
        _ = new AgentRole(stack, "assistant-agent", new AgentRoleProps
        {
            Context = SynthesizedStack.Context(),
            Agent = "assistant",
            Config = config,
            RepositoryArn = "arn:repository",
            Grants = Grants,
        })))];

    private static PolicyStatement Of(AgentConfig config, string sid) =>
        Statements(config).Single(statement => (string?)statement.Json["Sid"] == sid);

    [Test, Property("Row", "L7"), Property("Row", "S10")]
    public void Trust_IsOfAgentCoreActingForThisAccount()
    {
        PolicyStatement trust = Statements(new AgentConfig()).Single(statement => statement.IsTrust);
        Assert.Multiple(() =>
        {
            Assert.That(trust.Services, Is.EqualTo(new[] { "bedrock-agentcore.amazonaws.com" }));
            Assert.That((string?)trust.Json["Condition"]!["StringEquals"]!["aws:SourceAccount"], Is.EqualTo("111111111111"));
            Assert.That((string?)trust.Json["Condition"]!["ArnLike"]!["aws:SourceArn"],
                Is.EqualTo("arn:aws:bedrock-agentcore:us-east-2:111111111111:*"));
        });
    }

    [Test, Property("Row", "S10")]
    public void Identity_IsItsOwn() =>
        Assert.That(Of(new AgentConfig(), "Identity").Resources, Is.EqualTo(new[]
        {
            "arn:aws:bedrock-agentcore:us-east-2:111111111111:workload-identity-directory/default",
            "arn:aws:bedrock-agentcore:us-east-2:111111111111:workload-identity-directory/default/workload-identity/acme_dev_assistant-*",
        }));

    [Test, Property("Row", "L6"), Property("Row", "S10")]
    public void Secrets_AreThoseThatItNames()
    {
        var config = new AgentConfig { Langfuse = true, Secrets = new Dictionary<string, string> { ["KEY"] = "partner" } };
        Assert.That(Of(config, "Secrets").Resources, Is.EqualTo(new[] { "arn:langfuse", "arn:partner" }));
    }

    [Test, Property("Row", "S10")]
    public void Permissions_FollowFromUses()
    {
        var config = new AgentConfig
        {
            Parameters = new Dictionary<string, string> { ["LIMITS"] = "limits" },
            Uses = new UsesConfig { Tables = ["sessions:read"], Models = ["anthropic.claude-3-haiku-20240307-v1:0"] },
        };
        Assert.Multiple(() =>
        {
            Assert.That(Of(config, "TableSessions").Resources, Is.EqualTo(new[] { "arn:sessions", "arn:sessions/index/*" }));
            Assert.That(Of(config, "Models").Resources,
                Is.EqualTo(new[] { "arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-3-haiku-20240307-v1:0" }));
            Assert.That(
                Of(config, "Parameters").Resources, Is.EqualTo(new[] { "arn:aws:ssm:us-east-2:111111111111:parameter/dev/acme/limits" }));
        });
    }

    [Test, Property("Row", "S10")]
    public void WithoutUses_OnlyRuntimePermissionsRemain() =>
        Assert.That(
            Statements(new AgentConfig()).Where(statement => !statement.IsTrust).Select(statement => (string?)statement.Json["Sid"]),
            Is.EquivalentTo(new[] { "Login", "Pull", "LogGroups", "Logs", "Traces", "Metrics", "Identity" }));
}
