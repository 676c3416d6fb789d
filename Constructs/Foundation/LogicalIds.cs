using System.Text.RegularExpressions;
using HashiCorp.Cdktf;

namespace Infra.Constructs.Foundation;

/// <summary>Terraform addresses that are written, not derived.</summary>
/// <remarks>
/// cdktf derives an address from the construct's path and adds a hash, so that moving a construct replaces its resources. Here the
/// address of every resource is <c>{construct id}_{part}</c>: short, stable, and the same wherever the construct stands. It follows
/// that the ids of constructs of one kind differ within a stack.
/// </remarks>
internal static partial class LogicalIds
{
    /// <summary>Gives the element its address: <c>new S3Bucket(…).Named($"{id}_bucket")</c> is <c>aws_s3_bucket.files_bucket</c>.</summary>
    /// <param name="element">Resource, data source, variable or output; nothing may have read a property of it before.</param>
    /// <param name="logicalId">Lower-case letters, digits, hyphens and underscores, starting with a letter.</param>
    /// <exception cref="ArgumentException">It is not an address.</exception>
    public static T Named<T>(this T element, string logicalId) where T : TerraformElement
    {
        if (!Address().IsMatch(logicalId))
            throw new ArgumentException(
                $"'{logicalId}' is not a Terraform address: use lower-case letters, digits, - and _, starting with a letter", nameof(logicalId));
        element.OverrideLogicalId(logicalId);
        return element;
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]*$")]
    private static partial Regex Address();
}
