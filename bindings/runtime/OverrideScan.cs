using System.Collections.Concurrent;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Infra.Bindings;

/// <summary>
/// Patches the scan by which the runtime finds the members that a C# class overrides: the local function <c>GetOverrides</c> in the
/// constructor of <c>DeputyBase</c>. It looks up attributes of every member of the type, for every instance, and reads only the type, so
/// its result is the same for all instances of a type. For a type that jsii-pacmak generated it finds nothing: such a type has
/// <c>JsiiClass</c> itself, and each of its members has its own attribute, while an override has only an inherited one.
/// </summary>
/// <param name="module">Main module of Amazon.JSII.Runtime.dll.</param>
internal sealed class OverrideScan(ModuleDefinition module) : IShortcut
{
    private const string ScanName = "<.ctor>g__GetOverrides|0";

    private readonly TypeDefinition? _closure = module.GetType("Amazon.JSII.Runtime.Deputy.DeputyBase")?
        .NestedTypes.SingleOrDefault(type => type.Methods.Any(method => method.Name == ScanName));

    public string Words => "override scan remembered per type";

    public string Method => "GetOverrides in the constructor of DeputyBase";

    public IReadOnlyDictionary<string, string> KnownShapes { get; } = new Dictionary<string, string>
    {
        ["1.140.0"] = "1a32b7e2acf7c3efa112449c055a986a1d3d54db35b6c58ce9f6035db6602e08",
    };

    public string? FindShape() => _closure is null
        ? null
        : Shape.Of(_closure.Methods
            .Concat(_closure.NestedTypes.OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(type => type.Methods))
            .Where(method => method.FullName.Contains("Overrides", StringComparison.Ordinal)));

    /// <summary>
    /// Puts the scan behind two checks: its code moves to a separate method, and it becomes
    /// <code>
    /// if (type.IsDefined(typeof(JsiiClassAttribute), inherit: false)) return [];
    /// return Remembered.TryGetValue(type, out found) ? found : Remembered.GetOrAdd(type, ScanOverrides());
    /// </code>
    /// Two concurrent threads may both scan; both get the same result.
    /// </summary>
    public void Apply()
    {
        MethodDefinition scan = _closure!.Methods.Single(method => method.Name == ScanName);
        var body = new MethodDefinition(
            "ScanOverrides", MethodAttributes.Private | MethodAttributes.HideBySig, scan.ReturnType)
        {
            Body = scan.Body,
        };
        _closure.Methods.Add(body);
        FieldDefinition type = _closure.Fields.Single(field => field.Name == "type");
        var remembered = new Remembered(module, _closure, type.FieldType, scan.ReturnType);

        scan.Body = new MethodBody(scan) { InitLocals = true };
        var found = new VariableDefinition(scan.ReturnType);
        scan.Body.Variables.Add(found);
        ILProcessor il = scan.Body.GetILProcessor();
        Instruction lookup = il.Create(OpCodes.Ldsfld, remembered.Field);
        Instruction hit = il.Create(OpCodes.Ldloc, found);

        LoadType();
        new Framework(module).EmitIsDefined(il, "System.Reflection.MemberInfo", "Amazon.JSII.Runtime.Deputy.JsiiClassAttribute");
        il.Emit(OpCodes.Brfalse, lookup);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Newarr, ((ArrayType)scan.ReturnType).ElementType);
        il.Emit(OpCodes.Ret);

        il.Append(lookup);
        LoadType();
        il.Emit(OpCodes.Ldloca, found);
        il.Emit(OpCodes.Callvirt, remembered.TryGetValue);
        il.Emit(OpCodes.Brtrue, hit);
        il.Emit(OpCodes.Ldsfld, remembered.Field);
        LoadType();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, body);
        il.Emit(OpCodes.Callvirt, remembered.GetOrAdd);
        il.Emit(OpCodes.Ret);
        il.Append(hit);
        il.Emit(OpCodes.Ret);

        void LoadType()
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, type);
        }
    }

    /// <summary>A static field with a <see cref="ConcurrentDictionary{TKey, TValue}"/>, and its two methods that are used.</summary>
    private sealed class Remembered
    {
        public Remembered(ModuleDefinition module, TypeDefinition owner, TypeReference key, TypeReference value)
        {
            TypeReference open = new Framework(module).Type(typeof(ConcurrentDictionary<,>), "System.Collections.Concurrent");
            var dictionary = new GenericInstanceType(open) { GenericArguments = { key, value } };
            (GenericParameter openKey, GenericParameter openValue) = (open.GenericParameters[0], open.GenericParameters[1]);
            TryGetValue = Framework.Method(dictionary, "TryGetValue", module.TypeSystem.Boolean, openKey, new ByReferenceType(openValue));
            GetOrAdd = Framework.Method(dictionary, "GetOrAdd", openValue, openKey, openValue);
            Field = new FieldDefinition(
                "Remembered", FieldAttributes.Private | FieldAttributes.Static | FieldAttributes.InitOnly, dictionary);
            owner.Fields.Add(Field);

            var initializer = new MethodDefinition(
                ".cctor",
                MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig
                    | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
                module.TypeSystem.Void);
            ILProcessor il = initializer.Body.GetILProcessor();
            il.Emit(OpCodes.Newobj, Framework.Method(dictionary, ".ctor", module.TypeSystem.Void));
            il.Emit(OpCodes.Stsfld, Field);
            il.Emit(OpCodes.Ret);
            owner.Methods.Add(initializer);
        }

        public FieldDefinition Field { get; }

        public MethodReference TryGetValue { get; }

        public MethodReference GetOrAdd { get; }
    }
}
