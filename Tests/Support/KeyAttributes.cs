using System.Reflection;
using System.Text.RegularExpressions;
using HashiCorp.Cdktf.Providers.Aws.KmsKey;

namespace Infra.Tests.Support;

/// <summary>
/// The attributes of a resource type that contain a KMS key, read from the provider's bindings: a resource type that is used for the first
/// time is checked without being listed anywhere.
/// </summary>
internal static partial class KeyAttributes
{
    private static readonly Assembly Bindings = typeof(KmsKey).Assembly;

    // One namespace for each resource type, with the shapes of its blocks as interfaces.
    private static readonly ILookup<string, Type> Schemas = Bindings.GetTypes()
        .Where(type => type is { IsInterface: true, Namespace: not null })
        .ToLookup(type => type.Namespace![(type.Namespace!.LastIndexOf('.') + 1)..]);

    /// <summary>Names of the attributes, at any depth: <c>kms_key_id</c> of <c>aws_db_instance</c>.</summary>
    /// <exception cref="ArgumentException">The bindings have no such type.</exception>
    public static IReadOnlyList<string> Of(string type)
    {
        string space = string.Concat(type["aws_".Length..].Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        if (!Schemas.Contains(space))
            throw new ArgumentException($"the bindings have no namespace {space} for {type}", nameof(type));
        return [.. Schemas[space]
            .SelectMany(shape => shape.GetProperties())
            .Select(property => Snake(property.Name))
            .Where(name => Key().IsMatch(name))
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }

    private static string Snake(string name) => Capital().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();

    // kms_key_arn, kms_master_key_id, fargate_ephemeral_storage_kms_key_id, encryption_key (CodeBuild, CodePipeline), key_id (Parameter
    // Store).
    [GeneratedRegex("kms_.*key|kms_key|^encryption_key$|^key_id$")]
    private static partial Regex Key();
}
