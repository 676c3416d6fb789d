using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;

namespace Infra.Configuration.Model;

/// <summary>
/// Texts of enum members in environment files: the member's name in camel case, unless <see cref="EnumMemberAttribute"/> sets another.
/// A key whose value decides what is created is an enum; a text with allowed values is passed on to AWS unchanged.
/// </summary>
public static class ClosedValues
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, Enum>> Known = new();

    /// <summary>Text of a value in environment files.</summary>
    public static string Text(this Enum value) => Of(value.GetType()).FirstOrDefault(each => each.Value.Equals(value)).Key ?? "";

    /// <summary>All values of an enum by their texts, in the order of the enum.</summary>
    internal static IReadOnlyDictionary<string, Enum> Of(Type type) => Known.GetOrAdd(type, static type =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(
            field => field.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? char.ToLowerInvariant(field.Name[0]) + field.Name[1..],
            field => (Enum)field.GetValue(null)!, StringComparer.Ordinal));
}
