using System.Text.RegularExpressions;
using HashiCorp.Cdktf;

namespace Infra.Constructs.Foundation;

/// <summary>Explicit logical ids of Terraform elements, instead of derived ones.</summary>
/// <remarks>
/// cdktf derives a logical id from the construct's path and adds a hash, so that moving a construct replaces its resources. Here the
/// logical id of every resource is <c>{construct id}_{part}</c>: short, stable, and independent of the construct's parent. So ids of
/// constructs of one kind must differ within a stack.
/// </remarks>
internal static partial class LogicalIds
{
    /// <summary>
    /// Sets the logical id: the address of <c>new S3Bucket(…).Named($"{id}_bucket")</c> is <c>aws_s3_bucket.files_bucket</c>.
    /// </summary>
    /// <param name="element">Resource, data source, variable or output; none of its properties may have been read before.</param>
    /// <param name="logicalId">Lower-case letters, digits, hyphens and underscores, starting with a letter.</param>
    /// <exception cref="ArgumentException">It is not a valid logical id.</exception>
    public static T Named<T>(this T element, string logicalId) where T : TerraformElement
    {
        if (!Address().IsMatch(logicalId))
            throw new ArgumentException(
                $"'{logicalId}' is not a Terraform address: use lower-case letters, digits, - and _, starting with a letter",
                nameof(logicalId));
        element.OverrideLogicalId(logicalId);
        return element;
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]*$")]
    private static partial Regex Address();
}
