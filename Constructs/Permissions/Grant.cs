using Infra.Constructs.Iam;

namespace Infra.Constructs.Permissions;

/// <summary>Purpose of a permission, which decides which roles get it.</summary>
internal enum Access
{
    /// <summary>Reads the configuration of a resource: roles that plan and roles that apply.</summary>
    Read,

    /// <summary>Reads a secret value, which refreshing the resource requires: only roles that apply.</summary>
    ReadSecret,

    /// <summary>Creates, changes, tags or deletes a resource: roles that apply.</summary>
    Write,

    /// <summary>
    /// Uses a resource as an application does: not granted to any role here, but the permissions boundary allows it to applications' roles.
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

/// <summary>Resources and conditions of a statement.</summary>
/// <param name="Kind">First part of the statement's Sid: letters and digits.</param>
/// <param name="Resources">ARNs; may contain <c>*</c>.</param>
/// <param name="Conditions">Conditions.</param>
internal sealed record Scope(string Kind, IReadOnlyList<string> Resources, params IReadOnlyList<Condition> Conditions)
{
    /// <summary>For actions without resource-level permissions.</summary>
    public static Scope Any { get; } = new("Any", ["*"]);
}

/// <summary>Permissions that Terraform and applications need for one resource type.</summary>
/// <param name="Type">Type in the provider: <c>aws_sqs_queue</c>; for a data source <c>data.aws_ssm_parameter</c>.</param>
/// <param name="Grants">Permissions.</param>
internal sealed record TypePermissions(string Type, params IReadOnlyList<Grant> Grants)
{
    /// <summary>Services that a role is passed to when such a resource is created.</summary>
    public IReadOnlyList<string> PassedTo { get; init; } = [];

    /// <summary>
    /// Services whose service-linked role AWS creates, with the caller's permissions, together with the first such resource.
    /// </summary>
    public IReadOnlyList<string> ServiceLinkedRoles { get; init; } = [];
}
