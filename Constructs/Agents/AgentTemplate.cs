using Infra.Configuration.Model;
using Infra.Constructs.Discovery;
using Infra.Constructs.Foundation;
using Infra.Contracts;
using Infra.Naming;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Agents;

/// <summary>
/// The CloudFormation template of an agent, because version 5 of the provider has no such resource: the runtime (AgentCore keeps every
/// version of it), the endpoint <c>live</c> that points to one of the versions, and the log group, which AgentCore would otherwise create
/// without a retention period.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-runtime.html
/// </summary>
internal static class AgentTemplate
{
    private const string Runtime = "Runtime";

    /// <param name="props">Settings of the agent.</param>
    /// <param name="image">Image with its digest; can be an expression.</param>
    public static JObject Of(AgentRuntimeProps props, string image)
    {
        JToken live = props.Config.LiveVersion is { } version ? $"{version}" : Attribute("AgentRuntimeVersion");
        return new JObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = $"Agent {props.Agent} of {props.Context.Names.Prefix}, made by Terraform.",
            ["Resources"] = new JObject
            {
                [Runtime] = Resource("AWS::BedrockAgentCore::Runtime", RuntimeProperties(props, image)),
                ["Logs"] = LogGroup(props),
                // After its log group, because AgentCore would otherwise create it automatically.
                ["Endpoint"] = Resource("AWS::BedrockAgentCore::RuntimeEndpoint", new JObject
                {
                    ["AgentRuntimeId"] = Attribute("AgentRuntimeId"),
                    ["AgentRuntimeVersion"] = live,
                    ["Name"] = AgentStackOutputs.Endpoint,
                }, "Logs"),
            },
            ["Outputs"] = new JObject
            {
                [AgentStackOutputs.Arn] = Output(Attribute("AgentRuntimeArn")),
                [AgentStackOutputs.NewestVersion] = Output(Attribute("AgentRuntimeVersion")),
                [AgentStackOutputs.LiveVersion] = Output(live),
                [AgentStackOutputs.Image] = Output(image),
            },
        };
    }

    private static JObject RuntimeProperties(AgentRuntimeProps props, string image)
    {
        DeploymentContext context = props.Context;
        var properties = new JObject
        {
            ["AgentRuntimeName"] = context.Names.For(NameRule.AgentRuntime, props.Agent),
            ["AgentRuntimeArtifact"] = new JObject { ["ContainerConfiguration"] = new JObject { ["ContainerUri"] = image } },
            ["RoleArn"] = props.Base.RoleArn,
            ["ProtocolConfiguration"] = props.Config.Protocol,
            ["NetworkConfiguration"] = props.Network is not { } network
                ? new JObject { ["NetworkMode"] = "PUBLIC" }
                : new JObject
                {
                    ["NetworkMode"] = "VPC",
                    ["NetworkModeConfig"] =
                        new JObject
                        {
                            ["SecurityGroups"] = new JArray(network.SecurityGroupId),
                            ["Subnets"] = new JArray(network.SubnetIds),
                        },
                },
            ["EnvironmentVariables"] =
                new JObject(Variables(props).OrderBy(variable => variable.Key, StringComparer.Ordinal)
                    .Select(variable => new JProperty(variable.Key, variable.Value))),
        };
        if (props.Users is { } users)
            properties["AuthorizerConfiguration"] = new JObject
            {
                ["CustomJWTAuthorizer"] = new JObject
                {
                    ["DiscoveryUrl"] =
                        $"https://cognito-idp.{context.Region}.amazonaws.com/{users.UserPoolId}/.well-known/openid-configuration",
                    ["AllowedClients"] = new JArray(users.ClientId),
                },
            };
        return properties;
    }

    private static Dictionary<string, string> Variables(AgentRuntimeProps props)
    {
        (Names names, AgentConfig config) = (props.Context.Names, props.Config);
        var variables = DiscoveryVariables
            .With(props.Context, props.Agent, config.Repository ?? props.Agent, config.Uses, config, props.QueueNames)
            .ToDictionary(variable => variable.Key, variable => TerraformText.Literal(variable.Value), StringComparer.Ordinal);
        foreach ((string variable, string parameter) in config.Parameters)
            variables[variable] = names.Parameter(parameter);
        foreach ((string variable, string secret) in config.Secrets)
            variables[variable] = names.Secret(secret);
        if (props.Langfuse is { } langfuse)
        {
            variables[LangfuseNames.HostVariable] = TerraformText.Literal(langfuse.Host);
            variables[LangfuseNames.PublicKeyVariable] = TerraformText.Literal(langfuse.PublicKey);
            variables[LangfuseNames.SecretKeyVariable] = names.Secret(LangfuseNames.SecretKey);
        }
        return variables;
    }

    private static JObject LogGroup(AgentRuntimeProps props)
    {
        var properties = new JObject
        {
            ["LogGroupName"] = new JObject
            {
                ["Fn::Join"] = new JArray(
                    "", new JArray("/aws/bedrock-agentcore/runtimes/", Attribute("AgentRuntimeId"), $"-{AgentStackOutputs.Endpoint}")),
            },
            ["RetentionInDays"] = props.LogRetentionDays,
        };
        if (props.Context.KeyArn is { } key)
            properties["KmsKeyId"] = key;
        return Resource("AWS::Logs::LogGroup", properties);
    }

    private static JObject Resource(string type, JObject properties, string? after = null)
    {
        var resource = new JObject { ["Type"] = type, ["Properties"] = properties };
        if (after is not null)
            resource["DependsOn"] = after;
        return resource;
    }

    private static JObject Output(JToken value) => new() { ["Value"] = value };

    private static JObject Attribute(string name) => new() { ["Fn::GetAtt"] = new JArray(Runtime, name) };
}
