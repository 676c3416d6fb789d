using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Infra.Bindings;

/// <summary>References to framework types and methods as in the module, not as in the framework that runs this tool.</summary>
/// <param name="module">Module that is patched.</param>
internal sealed class Framework(ModuleDefinition module)
{
    /// <summary>Reference to a type, in the assembly that the module references.</summary>
    public TypeReference Type(Type type, string assembly)
    {
        var reference =
            new TypeReference(type.Namespace, type.Name, module, module.AssemblyReferences.Single(known => known.Name == assembly));
        foreach (Type parameter in type.GetGenericArguments())
            reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        return reference;
    }

    /// <summary>Emits a call that replaces the member, type or assembly on the stack with whether it has an attribute itself.</summary>
    /// <param name="il">Processor that emits the instructions.</param>
    /// <param name="owner">Full name of the type that has <c>IsDefined</c>.</param>
    /// <param name="attribute">Full name of the attribute, a type of the module.</param>
    public void EmitIsDefined(ILProcessor il, string owner, string attribute)
    {
        MethodReference fromHandle = module.GetMemberReferences().OfType<MethodReference>()
            .First(method => method.DeclaringType.FullName == "System.Type" && method.Name == "GetTypeFromHandle");
        TypeReference type = fromHandle.DeclaringType;
        int dot = owner.LastIndexOf('.');
        var declaring = new TypeReference(owner[..dot], owner[(dot + 1)..], module, type.Scope);

        il.Emit(OpCodes.Ldtoken, module.GetType(attribute));
        il.Emit(OpCodes.Call, fromHandle);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Callvirt, Method(declaring, "IsDefined", module.TypeSystem.Boolean, type, module.TypeSystem.Boolean));
    }

    /// <summary>Reference to an instance method.</summary>
    public static MethodReference Method(TypeReference owner, string name, TypeReference returns, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, returns, owner) { HasThis = true };
        foreach (TypeReference parameter in parameters)
            method.Parameters.Add(new ParameterDefinition(parameter));
        return method;
    }
}
