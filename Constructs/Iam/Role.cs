using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamRole;
using HashiCorp.Cdktf.Providers.Aws.IamRolePolicy;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Iam;

/// <summary>A role with its inline policies.</summary>
internal sealed class Role : Construct
{
    public Role(Construct scope, string id, RoleProps props) : base(scope, id)
    {
        string name = props.Name ?? props.Context.Names.For(NameRule.IamRole, props.Purpose);
        IamRole = new IamRole(this, "role", new IamRoleConfig
        {
            Name = name,
            Description = props.Description,
            AssumeRolePolicy = props.Trust.ToJson(),
            PermissionsBoundary = props.Bounded ? props.Context.BoundaryArn : null,
            MaxSessionDuration = props.MaxSessionSeconds,
        }).Named(id);
        Outputs = new RoleOutputs(name, IamRole.Arn);

        string role = IamRole.Name;
        foreach ((string policy, PolicyDocument document) in props.Policies.OrderBy(policy => policy.Key, StringComparer.Ordinal))
            new IamRolePolicy(this, $"policy_{policy}", new IamRolePolicyConfig
            {
                Name = policy,
                Role = role,
                Policy = document.ToJson(),
            }).Named($"{id}_{policy}");
    }

    public IamRole IamRole { get; }

    public RoleOutputs Outputs { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Purpose">Purpose in its name: <c>backend-task</c>.</param>
/// <param name="Trust">Trust policy; for AWS services <see cref="Trust.Service"/>.</param>
internal sealed record RoleProps(DeploymentContext Context, string Purpose, PolicyDocument Trust)
{
    /// <summary>Its name. Default: the prefix and the purpose.</summary>
    public string? Name { get; init; }

    /// <summary>Description, one sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Inline policies by name: lower-case letters, digits, hyphens and underscores.</summary>
    public IReadOnlyDictionary<string, PolicyDocument> Policies { get; init; } = new Dictionary<string, PolicyDocument>();

    /// <summary>Whether it has the project's permissions boundary; CI may create no other roles. Default: true.</summary>
    public bool Bounded { get; init; } = true;

    /// <summary>Maximum session duration, 3600 to 43200. Default 3600.</summary>
    public int MaxSessionSeconds { get; init; } = 3600;
}

/// <summary>Attributes of a role.</summary>
internal sealed record RoleOutputs(string Name, string Arn);
