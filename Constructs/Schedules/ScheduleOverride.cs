using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.SsmParameter;
using Infra.Constructs.Foundation;
using Infra.Contracts;

namespace Infra.Constructs.Schedules;

/// <summary>
/// The parameter that overrides the timetable of runtime. Terraform creates it; operators and <c>./infra wake</c> write it.
/// </summary>
internal sealed class ScheduleOverride : Construct
{
    public ScheduleOverride(Construct scope, string id, DeploymentContext context) : base(scope, id) =>
        new SsmParameter(this, "parameter", new SsmParameterConfig
        {
            Name = context.Names.ScheduleOverride,
            Description = "none, or: awake until 2026-12-01T22:00Z, or: asleep until 2026-12-01T22:00Z",
            Type = "String",
            InsecureValue = RuntimeOverride.None,
            Lifecycle = new TerraformResourceLifecycle { IgnoreChanges = new[] { "insecure_value" } },
        }).Named(id);
}
