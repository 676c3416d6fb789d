using HashiCorp.Cdktf;
using Infra.Configuration;
using Infra.Operations;
using Infra.Stacks;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>All stacks of one environment, as Terraform gets them.</summary>
internal sealed record SynthesizedDeployment(SynthesizedStack Bootstrap, SynthesizedStack Base, SynthesizedStack Runtime, string OutDir)
{
    public static readonly string[] StackIds = [BootstrapStack.Id, BaseStack.Id, RuntimeStack.Id];

    private static int s_count;

    public SynthesizedStack this[string stack] => stack switch
    {
        BootstrapStack.Id => Bootstrap,
        BaseStack.Id => Base,
        RuntimeStack.Id => Runtime,
        _ => throw new ArgumentException($"no stack {stack}", nameof(stack)),
    };

    /// <summary>Synthesizes as the program does, into a folder that lives as long as the run.</summary>
    public static SynthesizedDeployment Of(LoadedEnvironment environment, EmulatorProfile? emulator = null)
    {
        string outDir = Path.Combine(TestRun.OutDir, $"{environment.Config.Project}-{environment.Config.Name}-{s_count++}");
        Directory.CreateDirectory(outDir);
        App app = StackSynthesizer.Build(new SynthesisRequest(environment, outDir, emulator));
        app.Synth();
        Dictionary<string, SynthesizedStack> stacks = app.Node.Children.OfType<TerraformStack>().ToDictionary(
            stack => stack.Node.Id,
            stack => SynthesizedStack.Of(stack, File.ReadAllText(Path.Combine(outDir, "stacks", stack.Node.Id, "cdk.tf.json"))));
        Assert.That(stacks.Keys, Is.EquivalentTo(StackIds), "stacks of an environment");
        return new SynthesizedDeployment(stacks[BootstrapStack.Id], stacks[BaseStack.Id], stacks[RuntimeStack.Id], outDir);
    }
}
