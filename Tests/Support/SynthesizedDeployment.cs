using HashiCorp.Cdktf;
using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Stacks;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>All stacks of one environment, as they are passed to Terraform.</summary>
internal sealed record SynthesizedDeployment(IReadOnlyDictionary<string, SynthesizedStack> Stacks, string OutDir)
{
    /// <summary>Stacks of an environment without a pipeline.</summary>
    public static readonly string[] StackIds = [BootstrapStack.Id, BaseStack.Id, RuntimeStack.Id];

    private static readonly string[] StackIdsOfPipelines = [BootstrapStack.Id, PipelineStack.Id];

    private static int s_count;

    public SynthesizedStack Bootstrap => this[BootstrapStack.Id];

    public SynthesizedStack Base => this[BaseStack.Id];

    public SynthesizedStack Runtime => this[RuntimeStack.Id];

    public SynthesizedStack this[string stack] =>
        Stacks.GetValueOrDefault(stack) ?? throw new ArgumentException($"no stack {stack}", nameof(stack));

    /// <summary>Stacks of an environment.</summary>
    public static string[] StackIdsOf(EnvironmentConfig config) => config.Pipeline is null ? StackIds : StackIdsOfPipelines;

    /// <summary>Synthesizes as the program does, into a folder that is deleted after the test run.</summary>
    public static SynthesizedDeployment Of(LoadedEnvironment environment, EmulatorProfile? emulator = null) =>
        Jsii.Use(() => Synthesize(environment, emulator));

    private static SynthesizedDeployment Synthesize(LoadedEnvironment environment, EmulatorProfile? emulator)
    {
        string outDir = Path.Combine(SynthesisFolder.FullName, $"{environment.Config.Project}-{environment.Config.Name}-{s_count++}");
        Directory.CreateDirectory(outDir);
        App app = StackSynthesizer.Build(new SynthesisRequest(environment, outDir, emulator));
        app.Synth();
        Dictionary<string, SynthesizedStack> stacks = app.Node.Children.OfType<TerraformStack>().ToDictionary(
            stack => stack.Node.Id,
            stack => SynthesizedStack.Of(stack, File.ReadAllText(Path.Combine(outDir, "stacks", stack.Node.Id, "cdk.tf.json"))));
        Assert.That(stacks.Keys, Is.EquivalentTo(StackIdsOf(environment.Config)), "stacks of an environment");
        return new SynthesizedDeployment(stacks, outDir);
    }
}
