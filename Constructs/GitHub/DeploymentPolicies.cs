using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamPolicy;
using HashiCorp.Cdktf.Providers.Aws.IamRolePolicyAttachment;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// Managed policies of one environment for reading how its resources are configured, and for changing them, an area of resources each: what a role holds
/// itself is limited to 10,240 characters together. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
/// </summary>
internal sealed class DeploymentPolicies : Construct
{
    private readonly List<(string Purpose, string Arn)> _read = [];
    private readonly List<(string Purpose, string Arn)> _change = [];

    public DeploymentPolicies(Construct scope, string id, DeploymentPoliciesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string environment = context.Names.Environment;
        foreach ((string part, IReadOnlyList<Statement> statements) in PolicyParts.Of(props.Resources.Statements(Access.Read)))
            _read.Add(Policy($"read{part}", $"How resources of {environment} are configured.", statements));
        foreach ((string area, IReadOnlyList<Statement> statements) in props.Resources.ByArea(Access.Write, Access.ReadSecret))
            foreach ((string part, IReadOnlyList<Statement> some) in PolicyParts.Of(statements))
                _change.Add(Policy($"change-{area}{part}", $"Changes {area} of {environment}.", some));

        (string, string) Policy(string purpose, string description, IReadOnlyList<Statement> statements) =>
            (purpose, new IamPolicy(this, purpose, new IamPolicyConfig
            {
                Name = context.Names.For(NameRule.IamPolicy, $"infra-{purpose}"),
                Description = description,
                Policy = new PolicyDocument(statements).ToJson(),
            }).Named($"{id}_{purpose}").Arn);
    }

    /// <summary>Lets a role read how the resources are configured.</summary>
    public void LetRead(Construct scope, string id, string role) => Attach(scope, id, role, _read);

    /// <summary>Lets a role read and change the resources.</summary>
    public void LetChange(Construct scope, string id, string role) => Attach(scope, id, role, _read.Concat(_change));

    private static void Attach(Construct scope, string id, string role, IEnumerable<(string Purpose, string Arn)> policies)
    {
        foreach ((string purpose, string arn) in policies)
            new IamRolePolicyAttachment(scope, $"{id}-{purpose}", new IamRolePolicyAttachmentConfig { Role = role, PolicyArn = arn }).Named($"{id}-{purpose}");
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Resources">What its resources take.</param>
internal sealed record DeploymentPoliciesProps(DeploymentContext Context, ResourcePermissions Resources);
