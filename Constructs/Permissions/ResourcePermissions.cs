using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Permissions;

/// <summary>
/// Permissions that Terraform's AWS provider needs for the resource types of an environment, taken from its source (5.100.0) and from AWS's
/// service authorization reference. The roles that plan and apply and the permissions boundary are derived from it.
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
                .. BucketTypes.Of(own, used.Emptied, used.All.Contains("data.aws_s3_bucket")), .. OperationsTypes.Of(own),
            .. used.OfExtensions(own),
        ];
        _types = [.. catalogue.Where(type => types.Contains(type.Type))];
        Known = catalogue.Select(type => type.Type).ToHashSet(StringComparer.Ordinal);
        Unknown = [.. types.Where(IsOfAws).Except(Known).Order(StringComparer.Ordinal)];
    }

    /// <summary>For runtime, which is created and destroyed by the schedule.</summary>
    public static ResourcePermissions OfRuntime(DeploymentContext context, ResourcesInUse used) => new(OwnResources.OfRuntime(context),
        used, used.Runtime);

    /// <summary>Every resource type with known permissions, used or not.</summary>
    public IReadOnlySet<string> Known { get; }

    /// <summary>Types of the AWS provider in use whose permissions are not known.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Services that roles are passed to.</summary>
    public IReadOnlyList<string> PassedTo => Distinct(type => type.PassedTo);

    /// <summary>Services whose service-linked role AWS creates with the caller's permissions.</summary>
    public IReadOnlyList<string> ServiceLinkedRoles => Distinct(type => type.ServiceLinkedRoles);

    /// <summary>Actions with which applications use the resources.</summary>
    public IReadOnlyList<string> UseActions => Distinct(type => type.Grants.Where(grant =>
        grant.Access == Access.Use).SelectMany(grant => grant.Actions));

    /// <summary>Statements for these kinds of access.</summary>
    public IReadOnlyList<Statement> Statements(params IReadOnlyList<Access> access) => StatementPacker.Pack(Grants(access));

    /// <summary>Statements to change the resources for a role that can read their configuration; no permission is granted again.</summary>
    public IReadOnlyList<Statement> Change
    {
        get
        {
            HashSet<string> read =
                [.. Grants(Access.Read).SelectMany(grant => grant.Actions.SelectMany(action => Each(action, grant.Scope)))];
            return StatementPacker.Pack(Grants(Access.Write, Access.ReadSecret)
                .Select(grant => grant with { Actions = [.. grant.Actions.Where(action => !Each(action, grant.Scope).All(read.Contains))] })
                .Where(grant => grant.Actions.Count > 0));
        }
    }

    private IEnumerable<Grant> Grants(params IReadOnlyList<Access> access) =>
        _types.SelectMany(type => type.Grants).Where(grant => access.Contains(grant.Access));

    private static IEnumerable<string> Each(string action, Scope scope) =>
        scope.Resources.Select(resource => $"{action} {resource} {StatementPacker.Text(scope.Conditions)}");

    private static bool IsOfAws(string type) => type.StartsWith("aws_", StringComparison.Ordinal) || type.StartsWith("data.aws_",
        StringComparison.Ordinal);

    private string[] Distinct(Func<TypePermissions, IEnumerable<string>> of) =>
        [.. _types.SelectMany(of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
