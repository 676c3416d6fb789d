using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Infra.Bindings;

/// <summary>
/// The scan by which jsii's .NET runtime finds the members that a C# class overrides: the local function <c>GetOverrides</c>
/// in the constructor of <c>DeputyBase</c>. It reflects over every member of the type for every instance, and reads nothing but
/// the type, so its result is the same for all instances of a type. For a type that jsii-pacmak wrote it finds nothing: such a type carries
/// <c>JsiiClass</c> itself, and each of its members an attribute of its own, none of them marked as an override.
/// </summary>
/// <param name="module">Main module of Amazon.JSII.Runtime.dll.</param>
internal sealed class OverrideScan(ModuleDefinition module)
{
    private const string ScanName = "<.ctor>g__GetOverrides|0";

    /// <summary>
    /// SHA-256 over the instructions of the scan and of the iterators behind it, as <see cref="Shape"/> writes them, by package version.
    /// A version is added here after its code was read: the result must depend on the type alone.
    /// </summary>
    private static readonly Dictionary<string, string> KnownShapes = new()
    {
        ["1.140.0"] = "1a32b7e2acf7c3efa112449c055a986a1d3d54db35b6c58ce9f6035db6602e08",
    };

    private readonly TypeDefinition? closure = module.GetType("Amazon.JSII.Runtime.Deputy.DeputyBase")?
        .NestedTypes.SingleOrDefault(type => type.Methods.Any(method => method.Name == ScanName));

    /// <summary>Why this code must be left as it is; null where it is known.</summary>
    /// <param name="version">Version of the package that the assembly is from.</param>
    public string? ReasonToLeave(string version)
    {
        if (!KnownShapes.TryGetValue(version, out string? known))
            return $"its code was read for {string.Join(", ", KnownShapes.Keys)} only";
        if (closure is null)
            return "it has no GetOverrides in the constructor of DeputyBase";
        string shape = Shape();
        return shape == known ? null : $"its GetOverrides is not the one that was read (shape {shape})";
    }

    /// <summary>
    /// Puts the scan behind two questions: what it did moves to a method of its own, and it becomes
    /// <code>
    /// if (type.IsDefined(typeof(JsiiClassAttribute), inherit: false)) return [];
    /// return Remembered.TryGetValue(type, out found) ? found : Remembered.GetOrAdd(type, ScanOverrides());
    /// </code>
    /// Two threads that meet may both scan; both get one result.
    /// </summary>
    public void Remember()
    {
        MethodDefinition scan = closure!.Methods.Single(method => method.Name == ScanName);
        var body = new MethodDefinition("ScanOverrides", MethodAttributes.Private | MethodAttributes.HideBySig, scan.ReturnType) { Body = scan.Body };
        closure.Methods.Add(body);

        GenericInstanceType dictionary = new(Reference(typeof(ConcurrentDictionary<,>)))
        {
            GenericArguments = { closure.Fields.Single(field => field.Name == "type").FieldType, scan.ReturnType },
        };
        var remembered = new FieldDefinition("Remembered", FieldAttributes.Private | FieldAttributes.Static | FieldAttributes.InitOnly, dictionary);
        closure.Fields.Add(remembered);
        AddInitializer(remembered, dictionary);

        scan.Body = new MethodBody(scan);
        var found = new VariableDefinition(scan.ReturnType);
        scan.Body.Variables.Add(found);
        scan.Body.InitLocals = true;
        ILProcessor il = scan.Body.GetILProcessor();
        Instruction lookup = il.Create(OpCodes.Ldsfld, remembered);
        Instruction hit = il.Create(OpCodes.Ldloc, found);
        LoadType(il);
        il.Emit(OpCodes.Ldtoken, module.GetType("Amazon.JSII.Runtime.Deputy.JsiiClassAttribute"));
        il.Emit(OpCodes.Call, Used("System.Type", "GetTypeFromHandle"));
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Callvirt, IsDefined());
        il.Emit(OpCodes.Brfalse, lookup);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Newarr, ((ArrayType)scan.ReturnType).ElementType);
        il.Emit(OpCodes.Ret);
        il.Append(lookup);
        LoadType(il);
        il.Emit(OpCodes.Ldloca, found);
        il.Emit(OpCodes.Callvirt, Method(dictionary, "TryGetValue", module.TypeSystem.Boolean, Key, new ByReferenceType(Value)));
        il.Emit(OpCodes.Brtrue, hit);
        il.Emit(OpCodes.Ldsfld, remembered);
        LoadType(il);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, body);
        il.Emit(OpCodes.Callvirt, Method(dictionary, "GetOrAdd", Value, Key, Value));
        il.Emit(OpCodes.Ret);
        il.Append(hit);
        il.Emit(OpCodes.Ret);
    }

    private GenericParameter Key => Open.GenericParameters[0];

    private GenericParameter Value => Open.GenericParameters[1];

    private TypeReference Open => field ??= Reference(typeof(ConcurrentDictionary<,>));

    /// <summary>The instructions of the scan and of what it runs, without offsets, hashed.</summary>
    private string Shape()
    {
        IEnumerable<MethodDefinition> methods = closure!.Methods.Concat(closure.NestedTypes.OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(type => type.Methods));
        var text = new StringBuilder();
        foreach (MethodDefinition method in methods.Where(method => method.FullName.Contains("Overrides", StringComparison.Ordinal)))
        {
            text.Append(method.FullName).Append('\n');
            foreach (Instruction instruction in method.Body.Instructions)
                text.Append(instruction.OpCode.Name).Append(' ').Append(Operand(instruction.Operand)).Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Operand(object? operand) => operand switch
    {
        Instruction target => $"IL_{target.Offset:x4}",
        Instruction[] targets => string.Join(",", targets.Select(target => $"IL_{target.Offset:x4}")),
        _ => FormattableString.Invariant($"{operand}"),
    };

    private void LoadType(ILProcessor il)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, closure!.Fields.Single(field => field.Name == "type"));
    }

    private void AddInitializer(FieldDefinition remembered, GenericInstanceType dictionary)
    {
        var initializer = new MethodDefinition(
            ".cctor",
            MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
            module.TypeSystem.Void);
        ILProcessor il = initializer.Body.GetILProcessor();
        il.Emit(OpCodes.Newobj, Method(dictionary, ".ctor", module.TypeSystem.Void));
        il.Emit(OpCodes.Stsfld, remembered);
        il.Emit(OpCodes.Ret);
        closure!.Methods.Add(initializer);
    }

    private static MethodReference Method(TypeReference owner, string name, TypeReference returns, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, returns, owner) { HasThis = true };
        foreach (TypeReference parameter in parameters)
            method.Parameters.Add(new ParameterDefinition(parameter));
        return method;
    }

    private MethodReference IsDefined()
    {
        TypeReference type = closure!.Fields.Single(field => field.Name == "type").FieldType;
        var member = new TypeReference("System.Reflection", "MemberInfo", module, type.Scope);
        return Method(member, "IsDefined", module.TypeSystem.Boolean, type, module.TypeSystem.Boolean);
    }

    /// <summary>A method of the framework that the runtime itself calls.</summary>
    private MethodReference Used(string type, string name) =>
        module.GetMemberReferences().OfType<MethodReference>().First(method => method.DeclaringType.FullName == type && method.Name == name);

    /// <summary>A framework type as the runtime itself refers to its assembly, not as the framework that runs this tool does.</summary>
    private TypeReference Reference(Type type)
    {
        AssemblyNameReference assembly = module.AssemblyReferences.Single(reference => reference.Name == "System.Collections.Concurrent");
        var reference = new TypeReference(type.Namespace, type.Name, module, assembly);
        foreach (Type parameter in type.GetGenericArguments())
            reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        return reference;
    }
}
