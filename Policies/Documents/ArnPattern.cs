namespace Infra.Policies.Documents;

/// <summary>
/// The Resource of a statement or the ARN format of a resource type: partition, service, region, account and resource, each with wildcards.
/// </summary>
internal sealed record ArnPattern(string Partition, string Service, string Region, string Account, string Resource)
{
    private const int Parts = 6;

    /// <summary>
    /// Parses a pattern. IAM completes an ARN with fewer than six parts with wildcards.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    /// </summary>
    /// <returns>None for a text that is not an ARN, such as <c>*</c>.</returns>
    public static ArnPattern? Parse(string text)
    {
        if (!text.StartsWith("arn:", StringComparison.Ordinal)) return null;
        string[] parts = text.Split(':', Parts);
        string Part(int at) => at < parts.Length ? parts[at] : "*";
        return new ArnPattern(Part(1), Part(2), Part(3), Part(4), Part(5));
    }

    /// <summary>Whether a resource exists that both match.</summary>
    public bool Intersects(ArnPattern other) => SameService(other) && Wildcard.Intersects(Partition, other.Partition)
        && Wildcard.Intersects(Region, other.Region)
            && Wildcard.Intersects(Account, other.Account)
            && Wildcard.Intersects(Resource, other.Resource);

    /// <summary>Whether the two differ only in region or account: a common mistake is the ARN of a global resource with a region.</summary>
    public bool DiffersInRegionOrAccount(ArnPattern other) =>
        SameService(other) && Wildcard.Intersects(Resource, other.Resource) && !Intersects(other);

    private bool SameService(ArnPattern other) => Wildcard.Intersects(Service, other.Service);

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";
}
