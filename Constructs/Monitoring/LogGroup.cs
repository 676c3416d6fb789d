using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchLogGroup;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Monitoring;

/// <summary>A log group that Terraform creates before a service creates one of the same name without a retention period.</summary>
/// <remarks>CloudWatch Logs encrypts every log group, with its own key where the environment has none.</remarks>
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

/// <param name="Context">The deployment.</param>
/// <param name="Name">Full name: <c>/ecs/tap-poc-backend</c>.</param>
/// <param name="RetentionDays">Days that events are retained, one of the values that CloudWatch Logs supports.</param>
internal sealed record LogGroupProps(DeploymentContext Context, string Name, int RetentionDays);

/// <summary>Attributes of a log group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN; its streams are <c>{arn}:*</c>.</param>
internal sealed record LogGroupOutputs(string Name, string Arn);
