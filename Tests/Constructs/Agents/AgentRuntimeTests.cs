using Infra.Configuration.Model;
using Infra.Constructs.Agents;
using Infra.Contracts;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Agents;

internal sealed class AgentRuntimeTests
{
    private const string Digest = "${data.aws_ssm_parameter.release_assistant.insecure_value}";

    private static readonly AgentBaseResources Base =
        new("111111111111.dkr.ecr.us-east-2.amazonaws.com/acme/assistant", "arn:role", "/dev/acme/releases/assistant");

    private static SynthesizedStack Stack(AgentConfig? config = null, Func<AgentRuntimeProps, AgentRuntimeProps>? with = null) =>
        SynthesizedStack.Of(stack =>
    {
        var props = new AgentRuntimeProps
        {
            Context = SynthesizedStack.Context(),
            Agent = "assistant",
            Config = config ?? new AgentConfig(),
            Base = Base,
            LogRetentionDays = 30,
        };
        _ = new AgentRuntime(stack, "agent-assistant", with?.Invoke(props) ?? props);
    });

    private static JObject Template(SynthesizedStack stack) =>
        JObject.Parse((string)stack.Resource("aws_cloudformation_stack", "agent-assistant")["template_body"]!);

    private static JToken Runtime(SynthesizedStack stack) => Template(stack).SelectToken("Resources.Runtime.Properties")!;

    [Test, Property("Row", "L7")]
    public void Stack_ExistsOnlyAfterTheFirstRelease()
    {
        SynthesizedStack stack = Stack();
        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Resource("aws_cloudformation_stack", "agent-assistant")["count"],
                Is.EqualTo("${data.aws_ssm_parameter.release_assistant.insecure_value == \"none\" ? 0 : 1}"));
            Assert.That(
                (string?)stack.Resource("aws_cloudformation_stack", "agent-assistant")["name"], Is.EqualTo("acme-dev-agent-assistant"));
        });
    }

    [Test, Property("Row", "L7")]
    public void Runtime_RunsTheReleasedDigest_WithAValidName()
    {
        JToken runtime = Runtime(Stack());
        Assert.Multiple(() =>
        {
            Assert.That((string?)runtime["AgentRuntimeName"], Is.EqualTo("acme_dev_assistant"));
            Assert.That((string?)runtime.SelectToken("AgentRuntimeArtifact.ContainerConfiguration.ContainerUri"),
                Is.EqualTo($"{Base.RepositoryUrl}@{Digest}"));
            Assert.That((string?)runtime["RoleArn"], Is.EqualTo("arn:role"));
            Assert.That((string?)runtime["ProtocolConfiguration"], Is.EqualTo("HTTP"));
            Assert.That((string?)runtime.SelectToken("NetworkConfiguration.NetworkMode"), Is.EqualTo("PUBLIC"));
            Assert.That(runtime["AuthorizerConfiguration"], Is.Null);
        });
    }

    [TestCase(null, "{\"Fn::GetAtt\":[\"Runtime\",\"AgentRuntimeVersion\"]}")]
    [TestCase(3, "\"3\"")]
    [Property("Row", "L7"), Property("Row", "L8")]
    public void Endpoint_PointsToTheNewestVersion_OrToTheConfiguredOne(int? version, string expected)
    {
        JToken endpoint = Template(Stack(new AgentConfig { LiveVersion = version })).SelectToken("Resources.Endpoint")!;
        Assert.Multiple(() =>
        {
            Assert.That(endpoint["Properties"]!["AgentRuntimeVersion"]!.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo(expected));
            Assert.That((string?)endpoint["Properties"]!["Name"], Is.EqualTo("live"));
            Assert.That((string?)endpoint["DependsOn"], Is.EqualTo("Logs"));
        });
    }

    [Test, Property("Row", "L11")]
    public void Log_HasTheConfiguredRetention()
    {
        JToken logs = Template(Stack(with: props => props with { Context = props.Context with { KeyArn = "arn:key" } }))
            .SelectToken("Resources.Logs.Properties")!;
        Assert.Multiple(() =>
        {
            Assert.That(((int?)logs["RetentionInDays"], (string?)logs["KmsKeyId"]), Is.EqualTo((30, "arn:key")));
            Assert.That(logs["LogGroupName"]!["Fn::Join"]![1]![0]!.ToString() + "…" + logs["LogGroupName"]!["Fn::Join"]![1]![2],
                Is.EqualTo("/aws/bedrock-agentcore/runtimes/…-live"));
        });
    }

    [Test, Property("Row", "L5")]
    public void InTheVpc_ItUsesTheTasksSubnets_AndTokensOfTheUserPool()
    {
        JToken runtime =
            Runtime(Stack(
                with: props =>
                    props with
                    {
                        Network = new AgentNetwork(["subnet-a", "subnet-b"], "sg-tasks"),
                        Users = new AgentUsers("us-east-2_pool", "client")
                    }));
        Assert.Multiple(() =>
        {
            Assert.That((string?)runtime.SelectToken("NetworkConfiguration.NetworkMode"), Is.EqualTo("VPC"));
            Assert.That(runtime.SelectTokens("NetworkConfiguration.NetworkModeConfig.Subnets[*]").Values<string>(),
                Is.EqualTo(new[] { "subnet-a", "subnet-b" }));
            Assert.That((string?)runtime.SelectToken("NetworkConfiguration.NetworkModeConfig.SecurityGroups[0]"), Is.EqualTo("sg-tasks"));
            Assert.That((string?)runtime.SelectToken("AuthorizerConfiguration.CustomJWTAuthorizer.DiscoveryUrl"),
                Is.EqualTo("https://cognito-idp.us-east-2.amazonaws.com/us-east-2_pool/.well-known/openid-configuration"));
            Assert.That(
                (string?)runtime.SelectToken("AuthorizerConfiguration.CustomJWTAuthorizer.AllowedClients[0]"), Is.EqualTo("client"));
        });
    }

    [Test, Property("Row", "L6")]
    public void Variables_HoldNamesOfSecrets_AndNeverTheirValues()
    {
        JToken variables = Runtime(Stack(
            new AgentConfig
            {
                Environment = new Dictionary<string, string> { ["MODE"] = "${a}" },
                Parameters = new Dictionary<string, string> { ["LIMITS"] = "limits" },
                Secrets = new Dictionary<string, string> { ["KEY"] = "partner-key" },
            },
            props => props with { Langfuse = new AgentLangfuse("https://langfuse.example.com", "pk-lf-1") }))["EnvironmentVariables"]!;
        Assert.That(variables.Children<JProperty>().Select(variable => $"{variable.Name}={variable.Value}"), Is.EqualTo(new[]
        {
            "AWS_REGION=us-east-2", "DISCOVERY_PATH=/dev/acme/discovery", "ECR_REPOSITORY=acme/assistant", "ENVIRONMENT=dev",
            "KEY=dev/acme/partner-key",
            "LANGFUSE_HOST=https://langfuse.example.com", "LANGFUSE_PUBLIC_KEY=pk-lf-1",
            "LANGFUSE_SECRET_KEY_NAME=dev/acme/langfuse/secret-key",
            "LIMITS=/dev/acme/limits", "MODE=$${a}", "PROJECT=acme", "SERVICE=assistant",
        }));
    }
}
