using Constructs;
using HashiCorp.Cdktf;
using Infra.Constructs.Discovery;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Contracts;

namespace Infra.Constructs.Extensions;

/// <summary>Parent construct of an extension's resources in one stack, with what the platform offers them.</summary>
internal abstract class ExtensionScope : Construct
{
    private readonly TerraformStack _stack;
    private readonly string _extension;
    private readonly DiscoveryTree _discovery;

    protected ExtensionScope(TerraformStack stack, string extension, ExtensionScopeProps props) : base(stack, $"extension-{extension}")
    {
        _stack = stack;
        _extension = extension;
        Context = props.Context;
        Network = props.Network;
        LogRetentionDays = props.LogRetentionDays;
        AlertTopicArn = props.AlertTopicArn;
        Alarms = new Alarms(this, props.Context, props.AlertTopicArn);
        _discovery = new DiscoveryTree(this, "discovery", props.Context);
    }

    /// <summary>Names, account, Region, encryption key, and whether it is a production environment.</summary>
    public DeploymentContext Context { get; }

    /// <summary>VPC, subnets and security groups; null in an environment without a VPC.</summary>
    public NetworkOutputs? Network { get; }

    /// <summary>Days that log groups retain events.</summary>
    public int LogRetentionDays { get; }

    /// <summary>Topic of the environment's alarms.</summary>
    public string AlertTopicArn { get; }

    /// <summary>Creates alarms that notify the environment's topic.</summary>
    public Alarms Alarms { get; }

    /// <summary>Adds an output to the stack: <c>order_flow_arn</c>.</summary>
    public void Output(string name, string description, object value) =>
        new TerraformOutput(_stack, name, new TerraformOutputConfig { Description = description, Value = value });

    /// <summary>Adds a discovery parameter, <c>discovery/extensions/{extension}/{path}</c>, for applications.</summary>
    public void Discover(string path, string description, string value) =>
        _discovery.Add($"extensions/{_extension}/{path}", description, value);

    /// <summary>Name of the base output with a value for runtime.</summary>
    protected string OutputOf(string key) => $"extension_{_extension}_{key}".Replace('-', '_');
}

/// <summary>Scope in the base stack.</summary>
/// <param name="stack">The stack.</param>
/// <param name="extension">Name of the extension.</param>
/// <param name="props">What it gets.</param>
/// <param name="outputs">Outputs of base.</param>
internal sealed class BaseExtensionScope(TerraformStack stack, string extension, ExtensionScopeProps props, IOutputChannel outputs)
    : ExtensionScope(stack, extension, props)
{
    /// <summary>Passes a value to runtime, which reads it with <see cref="RuntimeExtensionScope.Import"/>.</summary>
    public void Export(string key, string description, string value) => outputs.Text(OutputOf(key), description, value);
}

/// <summary>Scope in the runtime stack.</summary>
/// <param name="stack">The stack.</param>
/// <param name="extension">Name of the extension.</param>
/// <param name="props">What it gets.</param>
/// <param name="outputs">Outputs of base.</param>
internal sealed class RuntimeExtensionScope(TerraformStack stack, string extension, ExtensionScopeProps props, IOutputChannel outputs)
    : ExtensionScope(stack, extension, props)
{
    /// <summary>A value that the extension has exported from base.</summary>
    public string Import(string key) => outputs.Text(OutputOf(key), "", made: null);
}

/// <param name="Context">The deployment, with the key of the environment.</param>
/// <param name="Network">Network of base; null without a VPC.</param>
/// <param name="LogRetentionDays">Days that log groups retain events.</param>
/// <param name="AlertTopicArn">Topic of alarms.</param>
internal sealed record ExtensionScopeProps(DeploymentContext Context, NetworkOutputs? Network, int LogRetentionDays, string AlertTopicArn);
