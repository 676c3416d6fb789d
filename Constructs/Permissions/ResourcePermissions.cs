using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Permissions;

/// <summary>
/// What Terraform's AWS provider needs for the types of resources that an environment is made of, from its source (5.100.0) and from
/// AWS's service
/// authorization reference. Roles that plan and apply follow from it, and so does the permissions boundary.
/// https://github.com/hashicorp/terraform-provider-aws/tree/v5.100.0/internal/service
/// https://docs.aws.amazon.com/service-authorization/latest/reference/
/// </summary>
internal sealed class ResourcePermissions
{
    private readonly TypePermissions[] _types;

    /// <summary>For all of an environment.</summary>
    public ResourcePermissions(DeploymentContext context, ResourcesInUse used) : this(new OwnResources(context), used, used.All)
    {
    }

    private ResourcePermissions(OwnResources own, ResourcesInUse used, IReadOnlySet<string> types)
    {
        TypePermissions[] catalogue =
        [
            .. NetworkTypes.Of(own), .. EdgeTypes.Of(own, used.Domain), .. ComputeTypes.Of(own), .. DataTypes.Of(own),
                .. BucketTypes.Of(own, used.Emptied), .. OperationsTypes.Of(own),
        ];
        _types = [.. catalogue.Where(type => types.Contains(type.Type))];
        Known = catalogue.Select(type => type.Type).ToHashSet(StringComparer.Ordinal);
        Unknown = [.. types.Where(IsOfAws).Except(Known).Order(StringComparer.Ordinal)];
    }

    /// <summary>For what comes and goes with runtime.</summary>
    public static ResourcePermissions OfRuntime(DeploymentContext context, ResourcesInUse used) => new(OwnResources.OfRuntime(context),
        used, used.Runtime);

    /// <summary>Every type of which something is known, used or not.</summary>
    public IReadOnlySet<string> Known { get; }

    /// <summary>Types of the AWS provider of which nothing is known.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Services that roles are passed to.</summary>
    public IReadOnlyList<string> PassedTo => Distinct(type => type.PassedTo);

    /// <summary>Services whose service-linked role AWS makes as the caller.</summary>
    public IReadOnlyList<string> ServiceLinkedRoles => Distinct(type => type.ServiceLinkedRoles);

    /// <summary>Actions with which applications use the resources.</summary>
    public IReadOnlyList<string> UseActions => Distinct(type => type.Grants.Where(grant =>
        grant.Access == Access.Use).SelectMany(grant => grant.Actions));

    /// <summary>Statements for these kinds of access.</summary>
    public IReadOnlyList<Statement> Statements(params IReadOnlyList<Access> access) =>
        StatementPacker.Pack(_types.SelectMany(type => type.Grants).Where(grant => access.Contains(grant.Access)));

    private static bool IsOfAws(string type) => type.StartsWith("aws_", StringComparison.Ordinal) || type.StartsWith("data.aws_",
        StringComparison.Ordinal);

    private string[] Distinct(Func<TypePermissions, IEnumerable<string>> of) =>
        [.. _types.SelectMany(of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
