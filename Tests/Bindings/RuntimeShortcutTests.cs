using System.Reflection;
using Amazon.JSII.Runtime.Deputy;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.Provider;
using NUnit.Framework;

namespace Infra.Tests.Bindings;

/// <summary>
/// What the shortcuts in jsii's .NET runtime stand on (docs/decisions, 7): for types that jsii-pacmak wrote, the full scan finds nothing,
/// and all of them are in assemblies that say so.
/// </summary>
[TestFixture, Property("Row", "X1")]
internal sealed class RuntimeShortcutTests
{
    private static readonly Assembly[] Generated =
        [typeof(global::Constructs.Construct).Assembly, typeof(App).Assembly, typeof(AwsProvider).Assembly];

    private static IEnumerable<Type> GeneratedTypes => Generated.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsDefined(typeof(JsiiClassAttribute), inherit: false));

    [Test]
    public void GeneratedTypes_OverrideNothingThatTheScanWouldFind()
    {
        IEnumerable<string> found =
            from type in GeneratedTypes
            from member in OwnMembers(type)
            where IsFound(member)
            select $"{type}.{member.Name}";
        Assert.That(GeneratedTypes.Count(), Is.GreaterThan(200));
        Assert.That(found, Is.Empty);
    }

    [Test]
    public void GeneratedTypes_DescendFromGeneratedTypesOnly()
    {
        IEnumerable<Type> bases = GeneratedTypes.Select(type => type.BaseType!).Where(type => type != typeof(DeputyBase));
        Assert.That(bases.Where(type => !type.IsDefined(typeof(JsiiClassAttribute), inherit: false)), Is.Empty);
    }

    [Test]
    public void JsiiTypes_AreInAssembliesThatSaySo()
    {
        IEnumerable<string> elsewhere = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDefined(typeof(JsiiAssemblyAttribute)) && !assembly.IsDynamic)
            .SelectMany(TypesOf)
            .Where(type => type.GetCustomAttribute<JsiiTypeAttributeBase>(inherit: false) is not null)
            .Select(type => $"{type}, {type.Assembly.GetName().Name}");
        Assert.That(elsewhere, Is.Empty);
        Assert.That(Generated, Has.All.Matches<Assembly>(assembly => assembly.IsDefined(typeof(JsiiAssemblyAttribute))));
    }

    // A generated type's ancestors are generated, too: what they declare is asked of them.
    private static IEnumerable<MemberInfo> OwnMembers(Type type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return [.. type.GetMethods(Own), .. type.GetProperties(Own)];
    }

    // As the runtime asks: an attribute that is inherited, and none of its own.
    private static bool IsFound(MemberInfo member)
    {
        Type attribute = member is MethodInfo ? typeof(JsiiMethodAttribute) : typeof(JsiiPropertyAttribute);
        return Attribute.GetCustomAttribute(member, attribute, inherit: true) is not null
            && Attribute.GetCustomAttribute(member, attribute, inherit: false) is null;
    }

    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return [.. exception.Types.OfType<Type>()];
        }
    }
}
