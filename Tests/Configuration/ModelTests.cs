using System.Reflection;
using Infra.Configuration.Model;
using Infra.Configuration.Schemas;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

[TestFixture]
public class ModelTests
{
    private static readonly Type[] Records =
        [.. typeof(EnvironmentConfig).Assembly.GetTypes().Where(
            t => t.Namespace == typeof(EnvironmentConfig).Namespace && t.IsClass && t.Name.EndsWith("Config", StringComparison.Ordinal))];

    [TestCaseSource(nameof(Records))]
    public void EveryProperty_HasADescriptionThatEndsLikeASentence(Type record)
    {
        IEnumerable<PropertyInfo> properties = record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);
        Assert.That(properties, Is.Not.Empty);
        foreach (PropertyInfo property in properties)
            Assert.That(property.GetCustomAttribute<System.ComponentModel.DescriptionAttribute>()?.Description, Does.EndWith("."),
                $"{record.Name}.{property.Name}");
    }

    [TestCaseSource(nameof(Records))]
    public void EveryDefault_IsWithinItsOwnLimits(Type record)
    {
        foreach (Field field in Field.Of(record).Where(f => f.Default is string or int))
            Assert.That(
                Infra.Configuration.Reading.ValueLimits.Problem(field.Limits, field.Default!, measureText: true), Is.Null,
                $"{record.Name}.{field.Property.Name}");
    }

    [TestCaseSource(nameof(Records))]
    public void EveryRecord_IsReachedFromTheEnvironment(Type record) =>
        Assert.That(Reached(typeof(EnvironmentConfig)), Does.Contain(record));

    private static HashSet<Type> Reached(Type from)
    {
        var reached = new HashSet<Type>();
        var waiting = new Queue<Type>([from]);
        while (waiting.TryDequeue(out Type? next))
            if (reached.Add(next))
                foreach (Field field in Field.Of(next))
                    if ((field.Schema as RecordSchema ?? (field.Schema as MapSchema)?.Value as RecordSchema
                        ?? (field.Schema as ListSchema)?.Item as RecordSchema) is { } inner)
                        waiting.Enqueue(inner.Record);
        return reached;
    }
}
