using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Infra.Operations.Testing;

/// <summary>
/// Reads the requirement rows of tests, from <c>[Property("Row", "T4")]</c>, from the metadata of the built test assembly, without
/// loading it or running tests.
/// </summary>
internal static class RequirementRows
{
    private const string Property = "Row";

    /// <summary>Rows in order, each with the tests (or whole fixtures) that verify it.</summary>
    public static IReadOnlyList<(string Row, IReadOnlyList<RowTest> Tests)> Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.TypeDefinitions.SelectMany(handle => OfType(metadata, handle))
            .GroupBy(pair => pair.Row, pair => pair.Test, StringComparer.Ordinal)
            .OrderBy(group => SortKey(group.Key), StringComparer.Ordinal)
            .Select(group =>
                (group.Key, (IReadOnlyList<RowTest>)group.Distinct().OrderBy(test => test.Name, StringComparer.Ordinal).ToArray()))
            .ToArray();
    }

    /// <summary>T2 comes before T10.</summary>
    internal static string SortKey(string row)
    {
        string letters = new(row.TakeWhile(char.IsLetter).ToArray());
        return letters + row[letters.Length..].PadLeft(4, '0');
    }

    private static IEnumerable<(string Row, RowTest Test)> OfType(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
        string[] categories = [.. CategoriesOf(metadata, type)];
        foreach (string row in Arguments(metadata, type.GetCustomAttributes(), "PropertyAttribute", Property))
            yield return (row, new RowTest(name, LayerOf(categories)));
        foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
        {
            MethodDefinition method = metadata.GetMethodDefinition(methodHandle);
            CustomAttributeHandleCollection attributes = method.GetCustomAttributes();
            foreach (string row in Arguments(metadata, attributes, "PropertyAttribute", Property))
                yield return (row, new RowTest(
                    $"{name}.{metadata.GetString(method.Name)}",
                    LayerOf([.. categories, .. Arguments(metadata, attributes, "CategoryAttribute")])));
        }
    }

    /// <summary>Categories of a fixture, including inherited ones.</summary>
    private static IEnumerable<string> CategoriesOf(MetadataReader metadata, TypeDefinition type)
    {
        IEnumerable<string> own = Arguments(metadata, type.GetCustomAttributes(), "CategoryAttribute");
        return type.BaseType is { IsNil: false, Kind: HandleKind.TypeDefinition }
            ? own.Concat(CategoriesOf(metadata, metadata.GetTypeDefinition((TypeDefinitionHandle)type.BaseType)))
            : own;
    }

    private static EvidenceLayer LayerOf(string[] categories) =>
        categories.Contains("Emulator", StringComparer.Ordinal) ? EvidenceLayer.Applied
        : categories.Contains("Terraform", StringComparer.Ordinal) ? EvidenceLayer.Planned
        : EvidenceLayer.Synthesized;

    /// <summary>Last arguments of NUnit attributes with a name and the given preceding arguments.</summary>
    private static IEnumerable<string> Arguments(
        MetadataReader metadata, CustomAttributeHandleCollection attributes, string name, params IReadOnlyList<string> before)
    {
        foreach (CustomAttributeHandle handle in attributes)
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (TypeName(metadata, attribute.Constructor) != $"NUnit.Framework.{name}")
                continue;
            // ECMA-335 II.23.3: a prolog of 1, then the constructor's arguments; a value that is not a string is read incorrectly, but
            // only the name decides.
            BlobReader value = metadata.GetBlobReader(attribute.Value);
            if (value.ReadUInt16() == 1
                && before.All(argument => value.ReadSerializedString() == argument)
                && value.ReadSerializedString() is { } last)
                yield return last;
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

/// <summary>A test, or a whole fixture, that verifies a row.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Layer">Kind of evidence.</param>
internal sealed record RowTest(string Name, EvidenceLayer Layer);

/// <summary>How far a requirement is verified, in ascending order.</summary>
internal enum EvidenceLayer
{
    /// <summary>By the synthesized Terraform JSON.</summary>
    Synthesized,

    /// <summary>By validation or plan with Terraform and the real provider: category Terraform.</summary>
    Planned,

    /// <summary>By plan with the real provider and apply on the emulator: category Emulator.</summary>
    Applied,
}
