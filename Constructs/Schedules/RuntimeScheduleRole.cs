using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;

namespace Infra.Constructs.Schedules;

/// <summary>
/// The role of the builds that wake runtime and put it to sleep. The bootstrap stack creates it, like the roles of workflows: it needs more
/// than the project's boundary allows, so roles of CI must neither create nor extend it.
/// </summary>
internal sealed class RuntimeScheduleRole : Construct
{
    public RuntimeScheduleRole(Construct scope, string id, RuntimeScheduleRoleProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        var policies = new Dictionary<string, PolicyDocument> { ["turn"] = new(RuntimeSchedulePermissions.Turn(context)) };
        if (props.Schedule.DestroysRuntime)
        {
            policies["state"] = new(RuntimeSchedulePermissions.State(context, props.StateBucketArn, props.LockTableArn));
        }
        else
        {
            policies["scale"] = new(RuntimeSchedulePermissions.Scale(context));
        }

        var role = new Role(this, id, new RoleProps(context, "infra-cycle",
            Trust.Service(context, "codebuild.amazonaws.com", RuntimeScheduleBuild.ArnOf(context)))
        {
            Description = $"Wakes runtime of {context.Names.Environment} and puts it to sleep.",
            Policies = policies,
            Bounded = false,
        });
        if (props.Schedule.DestroysRuntime)
            new ManagedPolicies(this, $"{id}_runtime", new ManagedPoliciesProps(
                context, "cycle-runtime", $"Makes and destroys runtime of {context.Names.Environment}.",
                    [.. RuntimeSchedulePermissions.Runtime(context, props.Used)])).AttachTo(this, id, role.IamRole.Name);
    }
}

internal sealed record RuntimeScheduleRoleProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Mode, which determines the permissions.</summary>
    public required ScheduleConfig Schedule { get; init; }

    /// <summary>Resource types of runtime.</summary>
    public required ResourcesInUse Used { get; init; }

    /// <summary>Bucket of the state.</summary>
    public required string StateBucketArn { get; init; }

    /// <summary>Table of the locks.</summary>
    public required string LockTableArn { get; init; }
}
