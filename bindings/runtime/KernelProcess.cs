using System.Security.Cryptography;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Infra.Bindings;

/// <summary>
/// Patches how the runtime starts jsii's kernel: <c>node --max-old-space-size=4096 bin/jsii-runtime.js</c>, a program in its resources that
/// starts a second Node.js process with <c>--preserve-symlinks</c> and forwards every message between it and .NET. <c>kernel.js</c> runs
/// the kernel in the first.
/// </summary>
/// <param name="module">Main module of Amazon.JSII.Runtime.dll.</param>
internal sealed class KernelProcess(ModuleDefinition module) : IShortcut
{
    private const string Starter = "Amazon.JSII.Runtime.jsii_runtime.bin.jsii-runtime.js";
    private const string Kernel = "Amazon.JSII.Runtime.jsii_runtime.lib.program.js";
    private const string Options = "--max-old-space-size=4096 ";

    private readonly MethodDefinition? _start =
        module.GetType("Amazon.JSII.Runtime.Services.NodeProcess")?.Methods.SingleOrDefault(method => method.IsConstructor);

    public string Words => "kernel in one process";

    public string Method => "the start of the kernel by NodeProcess";

    public IReadOnlyDictionary<string, string> KnownShapes { get; } = new Dictionary<string, string>
    {
        ["1.140.0"] = "c8fa0aaefbfd474f.92d5a12a9ba5519d.4dec11118afa4fea",
    };

    public string? FindShape() => _start is not null && Resource(Starter) is { } starter && Resource(Kernel) is { } kernel
        ? string.Join('.', new[] { Shape.Of([_start]), Hash(starter), Hash(kernel) }.Select(hash => hash[..16]))
        : null;

    /// <summary>Passes the option to the first process, and makes it run the kernel.</summary>
    public void Apply()
    {
        Instruction options = _start!.Body.Instructions.Single(instruction => instruction.Operand is Options);
        options.Operand = $"{Options}--preserve-symlinks ";

        using Stream text = typeof(KernelProcess).Assembly.GetManifestResourceStream("kernel.js")!;
        using var bytes = new MemoryStream();
        text.CopyTo(bytes);
        EmbeddedResource starter = Resource(Starter)!;
        module.Resources[module.Resources.IndexOf(starter)] = new EmbeddedResource(Starter, starter.Attributes, bytes.ToArray());
    }

    private EmbeddedResource? Resource(string name) =>
        module.Resources.OfType<EmbeddedResource>().SingleOrDefault(resource => resource.Name == name);

    private static string Hash(EmbeddedResource resource) => Convert.ToHexStringLower(SHA256.HashData(resource.GetResourceData()));
}
