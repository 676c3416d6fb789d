using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HashiCorp.Cdktf;
using Infra.Configuration.Extensions;
using Infra.Constructs.Extensions;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Permissions;
using Infra.Naming;

namespace Infra.Tests.Stacks.Extensions;

/// <summary>Section <c>extensions.order-flow</c> of an environment file.</summary>
public sealed record OrderFlowConfig : ExtensionConfig
{
    [Description("Seconds after which an execution fails.")]
    [Range(1, 86400)]
    public required int TimeoutSeconds { get; init; }

    [Description("Seconds between two attempts.")]
    [Range(1, 3600)]
    public int RetrySeconds { get; init; } = 10;

    public override IEnumerable<SettingViolation> Check()
    {
        if (RetrySeconds >= TimeoutSeconds)
            yield return new SettingViolation(
                "retrySeconds", $"{RetrySeconds} is not less than timeoutSeconds, {TimeoutSeconds}", "timeoutSeconds");
    }
}

/// <summary>The example of docs/extending.md: a Step Functions state machine with a role and an alarm.</summary>
internal sealed class OrderFlow() : Extension<OrderFlowConfig>("order-flow")
{
    private const string Type = "aws_sfn_state_machine";

    // https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/sfn/state_machine.go
    public override IEnumerable<TypePermissions> Permissions(OwnResources own)
    {
        Scope machines = own.Named("states", own.Names(NameRule.Ecs, "stateMachine:{0}"));
        yield return new(Type,
            Grant.Write(machines, "states:CreateStateMachine", "states:DeleteStateMachine", "states:TagResource", "states:UntagResource",
                "states:UpdateStateMachine"),
            Grant.Read(machines, "states:DescribeStateMachine", "states:ListStateMachineVersions", "states:ListTagsForResource"),
            Grant.Read(Scope.Any, "states:ValidateStateMachineDefinition"),
            Grant.Use("states:StartExecution"))
        {
            PassedTo = ["states.amazonaws.com"],
        };
    }

    protected override void Base(BaseExtensionScope scope, OrderFlowConfig config)
    {
        DeploymentContext context = scope.Context;
        string name = context.Names.For(NameRule.Ecs, "order-flow");
        string arn = context.Arn("states", $"stateMachine:{name}");
        var role = new Role(scope, "order-flow-role",
            new RoleProps(context, "order-flow", Trust.Service(context, "states.amazonaws.com", arn)));
        TerraformResource machine =
            new TerraformResource(scope, "order-flow", new TerraformResourceConfig { TerraformResourceType = Type }).Named("order-flow");
        machine.AddOverride("name", name);
        machine.AddOverride("role_arn", role.Outputs.Arn);
        machine.AddOverride("definition",
            $$"""
            {
              "StartAt": "Wait",
              "TimeoutSeconds": {{config.TimeoutSeconds}},
              "States": { "Wait": { "Type": "Wait", "Seconds": 1, "End": true } }
            }
            """);

        // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
        var metric = new Metric("AWS/States", "ExecutionsFailed", new Dictionary<string, string> { ["StateMachineArn"] = arn }, "Sum");
        scope.Alarms.Add("order-flow-failed", "order-flow-failed", "Executions of order-flow fail", new AlarmRule(metric, 0, 1, 300));
        scope.Export("arn", "State machine of orders.", arn);
        scope.Discover("arn", "State machine of orders.", arn);
    }

    protected override void Runtime(RuntimeExtensionScope scope, OrderFlowConfig config) =>
        scope.Output("order_flow", "State machine of orders.", scope.Import("arn"));
}
