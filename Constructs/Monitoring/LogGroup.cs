using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchLogGroup;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Monitoring;

/// <summary>A log group that Terraform makes before a service makes one of the same name that is kept forever.</summary>
/// <remarks>CloudWatch encrypts every log group, with a key of its own where the environment has none.</remarks>
internal sealed class LogGroup : Construct
{
    public LogGroup(Construct scope, string id, LogGroupProps props) : base(scope, id)
    {
        Group = new CloudwatchLogGroup(this, "log_group", new CloudwatchLogGroupConfig
        {
            Name = props.Name,
            RetentionInDays = props.RetentionDays,
            KmsKeyId = props.Context.KeyArn,
        }).Named(id);
        Outputs = new LogGroupOutputs(props.Name, props.Context.Arn("logs", $"log-group:{props.Name}"));
    }

    public CloudwatchLogGroup Group { get; }

    public LogGroupOutputs Outputs { get; }
}

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Name">Whole name: <c>/ecs/tap-poc-backend</c>.</param>
/// <param name="RetentionDays">Days that events are kept, one of the numbers that CloudWatch knows.</param>
internal sealed record LogGroupProps(DeploymentContext Context, string Name, int RetentionDays);

/// <summary>What others need to know of a log group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN; its streams are <c>{arn}:*</c>.</param>
internal sealed record LogGroupOutputs(string Name, string Arn);
