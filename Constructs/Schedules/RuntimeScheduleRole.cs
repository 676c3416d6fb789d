using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;

namespace Infra.Constructs.Schedules;

/// <summary>
/// The role of the builds that wake runtime and put it to sleep. The bootstrap stack creates it, like the roles of workflows: it needs more than
/// the project's boundary allows, so roles of CI must neither create nor extend it.
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

/// <param name="Context">The deployment.</param>
/// <param name="Schedule">Mode, which determines the permissions.</param>
/// <param name="Used">Resource types of runtime.</param>
/// <param name="StateBucketArn">Bucket of the state.</param>
/// <param name="LockTableArn">Table of the locks.</param>
internal sealed record RuntimeScheduleRoleProps(DeploymentContext Context, ScheduleConfig Schedule, ResourcesInUse Used, string StateBucketArn,
    string LockTableArn);
