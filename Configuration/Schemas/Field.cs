using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using Infra.Configuration.Extensions;
using Infra.Configuration.Model;
using Newtonsoft.Json;

namespace Infra.Configuration.Schemas;

/// <summary>One key of an object in an environment file: a property of a record.</summary>
/// <param name="Property">The property.</param>
/// <param name="Key">Its key: the property's name in camel case, unless <see cref="JsonPropertyAttribute"/> sets another.</param>
/// <param name="Description">Its description, for the schema, the reference and findings.</param>
/// <param name="Required">Whether the key is required.</param>
/// <param name="Schema">Schema of its value.</param>
/// <param name="Limits">Limits of its value.</param>
/// <param name="Default">Its value if the key is absent; null if it is required or means "none".</param>
internal sealed record Field(
    PropertyInfo Property, string Key, string Description, bool Required, Schema Schema, Limits Limits, object? Default)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Field>> Known = new();

    public static IReadOnlyList<Field> Of(Type record) => Known.GetOrAdd(record, static type =>
    {
        object instance = Activator.CreateInstance(type)!;
        return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => Read(p, instance))];
    });

    private static Field Read(PropertyInfo property, object instance)
    {
        bool required = property.IsDefined(typeof(RequiredMemberAttribute));
        Schema schema = ShapeOf(property.PropertyType);
        return new Field(
            property,
            property.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName
                ?? char.ToLowerInvariant(property.Name[0]) + property.Name[1..],
            property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "",
            required,
            schema,
            Limits.Of(property, schema),
            required ? null : InFile(property.GetValue(instance), schema));
    }

    private static object? InFile(object? value, Schema schema) => value switch
    {
        Enum one => one.Text(),
        IEnumerable several when schema is ListSchema { Item: EnumSchema } => several.Cast<Enum>().Select(each => each.Text()).ToArray(),
        _ => value,
    };

    private static Schema ShapeOf(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
            return new TextSchema();
        if (plain.IsEnum)
            return new EnumSchema(ClosedValues.Of(plain));
        if (plain == typeof(bool))
            return new BooleanSchema();
        if (plain == typeof(int))
            return new IntegerSchema();
        if (plain == typeof(double) || plain == typeof(decimal))
            return new NumberSchema();
        if (plain == typeof(IReadOnlyDictionary<string, ExtensionConfig>))
            return new ExtensionsSchema();
        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return new ListSchema(ShapeOf(plain.GenericTypeArguments[0]), plain.GenericTypeArguments[0]);
        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return new MapSchema(ShapeOf(plain.GenericTypeArguments[1]), plain.GenericTypeArguments[1]);
        if (plain.IsClass && (plain.Namespace == typeof(EnvironmentConfig).Namespace || ExtensionSections.Declares(plain)))
            return new RecordSchema(plain);
        throw new NotSupportedException($"{type} cannot be read from an environment file");
    }
}
