using Infra.Constructs.Encryption;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// Permissions on objects that checks write to data buckets and delete again, below one prefix; workflows cannot read the data.
/// </summary>
internal static class ProbePermissions
{
    /// <param name="context">The deployment.</param>
    /// <param name="buckets">Purposes of the buckets.</param>
    public static IEnumerable<Statement> Of(DeploymentContext context, IReadOnlyList<string> buckets) =>
        OfArns(context, [.. buckets.Select(bucket => $"arn:aws:s3:::{context.Names.Bucket(bucket)}")]);

    /// <param name="context">The deployment.</param>
    /// <param name="arns">ARNs of the buckets.</param>
    public static IEnumerable<Statement> OfArns(DeploymentContext context, IReadOnlyList<string> arns)
    {
        if (arns.Count == 0)
            yield break;
        yield return new Statement
        {
            Sid = "ProbeList",
            Actions = ["s3:ListBucket"],
            Resources = arns,
            Conditions = [new Condition("StringLike", "s3:prefix", $"{Names.ProbePrefix}*")],
        };
        yield return Allow.ChangeObjects("Probe", [.. arns.Select(arn => $"{arn}/{Names.ProbePrefix}*")]);
        foreach (Statement statement in KeyPermissions.ReadAndWrite(context, "s3"))
            yield return statement;
    }
}
