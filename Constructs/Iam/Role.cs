using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamRole;
using HashiCorp.Cdktf.Providers.Aws.IamRolePolicy;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Iam;

/// <summary>A role with the policies that are its own.</summary>
internal sealed class Role : Construct
{
    public Role(Construct scope, string id, RoleProps props) : base(scope, id)
    {
        string name = props.Context.Names.For(NameRule.IamRole, props.Purpose);
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

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Purpose">What its name says it is for: <c>backend-task</c>.</param>
/// <param name="Trust">Who may take it; for AWS services <see cref="Trust.Service"/>.</param>
internal sealed record RoleProps(DeploymentContext Context, string Purpose, PolicyDocument Trust)
{
    /// <summary>What it is for, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>What it may do, by the name of the policy: lower-case letters, digits, hyphens and underscores.</summary>
    public IReadOnlyDictionary<string, PolicyDocument> Policies { get; init; } = new Dictionary<string, PolicyDocument>();

    /// <summary>Whether it stays inside the project's permissions boundary; CI may make no other roles. Default: yes.</summary>
    public bool Bounded { get; init; } = true;

    /// <summary>Longest session, 3600 to 43200. Default 3600.</summary>
    public int MaxSessionSeconds { get; init; } = 3600;
}

/// <summary>What others need to know of a role.</summary>
internal sealed record RoleOutputs(string Name, string Arn);
