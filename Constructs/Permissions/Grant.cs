using Infra.Constructs.Iam;

namespace Infra.Constructs.Permissions;

/// <summary>What a permission is for, and so which roles get it.</summary>
internal enum Access
{
    /// <summary>Reads how a resource is configured: roles that plan and those that apply.</summary>
    Read,

    /// <summary>Reads a secret value, which refreshing the resource takes: roles that apply only.</summary>
    ReadSecret,

    /// <summary>Creates, changes, tags or deletes a resource: roles that apply.</summary>
    Write,

    /// <summary>
    /// Uses a resource as an application does: not given to anybody here, but the permissions boundary leaves it to the roles
    /// of applications.
    /// </summary>
    Use,
}

/// <summary>Actions on resources, for one purpose.</summary>
internal sealed record Grant(Access Access, Scope Scope, params IReadOnlyList<string> Actions)
{
    public static Grant Read(Scope scope, params IReadOnlyList<string> actions) => new(Access.Read, scope, actions);

    public static Grant ReadSecret(Scope scope, params IReadOnlyList<string> actions) => new(Access.ReadSecret, scope, actions);

    public static Grant Write(Scope scope, params IReadOnlyList<string> actions) => new(Access.Write, scope, actions);

    public static Grant Use(params IReadOnlyList<string> actions) => new(Access.Use, Scope.Any, actions);
}

/// <summary>Resources of a statement and what else has to hold.</summary>
/// <param name="Kind">First part of the statement's Sid: letters and digits.</param>
/// <param name="Resources">ARNs, <c>*</c> allowed in them.</param>
/// <param name="Conditions">Conditions.</param>
internal sealed record Scope(string Kind, IReadOnlyList<string> Resources, params IReadOnlyList<Condition> Conditions)
{
    /// <summary>For actions that AWS defines for no resource.</summary>
    public static Scope Any { get; } = new("Any", ["*"]);
}

/// <summary>What Terraform and applications need for one type of resource.</summary>
/// <param name="Type">Type of the provider: <c>aws_sqs_queue</c>; of a data source <c>data.aws_ssm_parameter</c>.</param>
/// <param name="Grants">Permissions.</param>
internal sealed record TypePermissions(string Type, params IReadOnlyList<Grant> Grants)
{
    /// <summary>Services that a role is passed to when such a resource is made.</summary>
    public IReadOnlyList<string> PassedTo { get; init; } = [];

    /// <summary>Services whose service-linked role AWS makes, as the caller, with the first such resource.</summary>
    public IReadOnlyList<string> ServiceLinkedRoles { get; init; } = [];
}
