using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;

namespace Infra.Constructs.GitHub;

/// <summary>
/// Managed policies of one environment: one to read the configuration of its resources, one to change them; attached to every role that
/// plans or applies.
/// </summary>
internal sealed class DeploymentPolicies : Construct
{
    private readonly ManagedPolicies _read;
    private readonly ManagedPolicies _change;

    public DeploymentPolicies(Construct scope, string id, DeploymentPoliciesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string environment = context.Names.Environment;
        _read = new ManagedPolicies(this, $"{id}_read", new ManagedPoliciesProps(
            context, "read", $"How resources of {environment} are configured.", props.Resources.Statements(Access.Read)));
        _change = new ManagedPolicies(this, $"{id}_change", new ManagedPoliciesProps(
            context, "change", $"Changes resources of {environment}.", props.Resources.Change));
    }

    /// <summary>Allows a role to read the configuration of the resources.</summary>
    public void LetRead(Construct scope, string id, string role) => _read.AttachTo(scope, id, role);

    /// <summary>Allows a role to read and change the resources.</summary>
    public void LetChange(Construct scope, string id, string role)
    {
        LetRead(scope, id, role);
        _change.AttachTo(scope, id, role);
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Resources">Permissions that its resources require.</param>
internal sealed record DeploymentPoliciesProps(DeploymentContext Context, ResourcePermissions Resources);
