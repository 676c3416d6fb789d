using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Infra.Operations.Testing;

/// <summary>
/// Requirement rows that tests name with <c>[Property("Row", "T4")]</c>, read from the built test assembly's metadata: nothing is
/// loaded and nothing runs.
/// </summary>
internal static class RequirementRows
{
    private const string Property = "Row";

    /// <summary>Rows in order, each with the full names of the tests (or whole fixtures) that show it.</summary>
    public static IReadOnlyList<(string Row, IReadOnlyList<string> Tests)> Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.TypeDefinitions.SelectMany(handle => OfType(metadata, handle))
            .GroupBy(pair => pair.Row, pair => pair.Test, StringComparer.Ordinal)
            .OrderBy(group => SortKey(group.Key), StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<string>)group.Distinct().Order(StringComparer.Ordinal).ToArray()))
            .ToArray();
    }

    /// <summary>T2 comes before T10.</summary>
    internal static string SortKey(string row)
    {
        string letters = new(row.TakeWhile(char.IsLetter).ToArray());
        return letters + row[letters.Length..].PadLeft(4, '0');
    }

    private static IEnumerable<(string Row, string Test)> OfType(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
        foreach (string row in Rows(metadata, type.GetCustomAttributes()))
            yield return (row, name);
        foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
        {
            MethodDefinition method = metadata.GetMethodDefinition(methodHandle);
            foreach (string row in Rows(metadata, method.GetCustomAttributes()))
                yield return (row, $"{name}.{metadata.GetString(method.Name)}");
        }
    }

    private static IEnumerable<string> Rows(MetadataReader metadata, CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttributeHandle handle in attributes)
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (TypeName(metadata, attribute.Constructor) != "NUnit.Framework.PropertyAttribute")
                continue;
            // ECMA-335 II.23.3: a prolog of 1, then the constructor's arguments; a value that is no string reads as nonsense, but
            // only the name decides.
            BlobReader value = metadata.GetBlobReader(attribute.Value);
            if (value.ReadUInt16() == 1 && value.ReadSerializedString() == Property && value.ReadSerializedString() is { } row)
                yield return row;
        }
    }

    private static string TypeName(MetadataReader metadata, EntityHandle constructor)
    {
        if (constructor.Kind != HandleKind.MemberReference)
            return "";
        MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)constructor);
        if (member.Parent.Kind != HandleKind.TypeReference)
            return "";
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
