using System.Reflection;
using NUnit.Framework;

namespace Infra.Tests.Evidence;

/// <summary>Reads the requirement rows of tests from <c>[Property("Row", "T4")]</c>.</summary>
internal static class RequirementRows
{
    private const string Property = "Row";

    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Rows in order, each with the tests (or whole fixtures) that verify it.</summary>
    public static IReadOnlyList<(string Row, IReadOnlyList<RowTest> Tests)> Read(Assembly assembly) =>
    [
        .. assembly.GetTypes().SelectMany(OfType)
            .GroupBy(pair => pair.Row, pair => pair.Test, StringComparer.Ordinal)
            .OrderBy(group => SortKey(group.Key), StringComparer.Ordinal)
            .Select(group =>
                (group.Key, (IReadOnlyList<RowTest>)[.. group.Distinct().OrderBy(test => test.Name, StringComparer.Ordinal)])),
    ];

    /// <summary>T2 comes before T10, and T10 before T-L1, which is a literal value of the same system.</summary>
    internal static string SortKey(string row)
    {
        string prefix = new(row.TakeWhile(sign => !char.IsDigit(sign)).ToArray());
        string system = prefix.Split('-')[0];
        return $"{system}{prefix.Length - system.Length}{row[prefix.Length..].PadLeft(4, '0')}";
    }

    private static IEnumerable<(string Row, RowTest Test)> OfType(Type type)
    {
        // Also inherited categories.
        string[] categories = CategoriesOf(type);
        return RowsOf(type).Select(row => (row, new RowTest(type.FullName!, LayerOf(categories)))).Concat(
            from method in type.GetMethods(Declared)
            from row in RowsOf(method)
            select (row, new RowTest($"{type.FullName}.{method.Name}", LayerOf([.. categories, .. CategoriesOf(method)]))));
    }

    private static IEnumerable<string> RowsOf(MemberInfo member) => member.GetCustomAttributes<PropertyAttribute>(inherit: false)
        .SelectMany(attribute => attribute.Properties[Property].OfType<string>());

    private static string[] CategoriesOf(MemberInfo member) =>
        [.. member.GetCustomAttributes<CategoryAttribute>(inherit: true).Select(attribute => attribute.Name)];

    private static EvidenceLayer LayerOf(string[] categories) =>
        categories.Contains("Emulator", StringComparer.Ordinal) ? EvidenceLayer.Applied
        : categories.Contains("Terraform", StringComparer.Ordinal) ? EvidenceLayer.Planned
        : EvidenceLayer.Synthesized;
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
