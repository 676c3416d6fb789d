using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Infra.Bindings;

/// <summary>
/// Patches the scan by which the runtime finds the C# type of a jsii name: <c>CacheTypes</c> of <c>TypeCache</c>. It looks up the jsii
/// attribute of every type of every assembly in the process, including thousands of the framework. Only assemblies that jsii-pacmak
/// generated have such types, and these have <c>JsiiAssembly</c>, without which the runtime could not load them into the kernel.
/// </summary>
/// <param name="module">Main module of Amazon.JSII.Runtime.dll.</param>
internal sealed class TypeScan(ModuleDefinition module) : IShortcut
{
    private readonly TypeDefinition? _cache = module.GetType("Amazon.JSII.Runtime.Services.TypeCache");

    public string Words => "type scan of jsii's assemblies only";

    public string Method => "CacheTypes of TypeCache";

    public IReadOnlyDictionary<string, string> KnownShapes { get; } = new Dictionary<string, string>
    {
        ["1.140.0"] = "5436a2641f9c48c99d0f80b4a1e11ebabd4dc7391a58848cdc0ca1b773482c5e",
    };

    public string? FindShape() => Scan is { } scan
        ? Shape.Of(_cache!.Methods.Where(method => method.Name is "TryGetType" or "Refresh" or "GetTypes").Append(scan))
        : null;

    /// <summary>Starts the scan with <code>if (!assembly.IsDefined(typeof(JsiiAssemblyAttribute), inherit: false)) return;</code></summary>
    public void Apply()
    {
        ILProcessor il = Scan!.Body.GetILProcessor();
        Instruction first = Scan.Body.Instructions[0];
        int rest = Scan.Body.Instructions.Count;
        il.Emit(OpCodes.Ldarg_1);
        new Framework(module).EmitIsDefined(il, "System.Reflection.Assembly", "Amazon.JSII.Runtime.Deputy.JsiiAssemblyAttribute");
        il.Emit(OpCodes.Brtrue, first);
        il.Emit(OpCodes.Ret);

        // Emitted at the end; the check must be before the scan.
        Instruction[] question = [.. Scan.Body.Instructions.Skip(rest)];
        foreach (Instruction instruction in question)
        {
            il.Remove(instruction);
            il.InsertBefore(first, instruction);
        }
    }

    private MethodDefinition? Scan => _cache?.Methods.SingleOrDefault(method => method.Name == "CacheTypes");
}
