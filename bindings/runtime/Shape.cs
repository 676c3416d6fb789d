using System.Security.Cryptography;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Infra.Bindings;

/// <summary>Hash of the code of methods, to recognize code that was reviewed.</summary>
internal static class Shape
{
    /// <summary>SHA-256 over the instructions of the methods and of the local functions and iterators nested in their types.</summary>
    public static string Of(IEnumerable<MethodDefinition> methods)
    {
        var text = new StringBuilder();
        foreach (MethodDefinition method in methods)
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
}
