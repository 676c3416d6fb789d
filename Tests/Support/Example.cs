using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Operations;
using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>An environment file of this repository and what it synthesizes to, once in a run.</summary>
internal sealed class Example
{
    /// <summary>Where the emulator's profile would lie; the same on every machine, so that snapshots are.</summary>
    public static readonly EmulatorProfile Emulator = new("emulator", "/emulator/config", "/emulator/credentials");

    private readonly Lazy<LoadedEnvironment> _environment;
    private readonly Lazy<SynthesizedDeployment> _deployment;

    private Example(string file)
    {
        File = file;
        _environment = new Lazy<LoadedEnvironment>(() => Load(file));
        _deployment = new Lazy<SynthesizedDeployment>(() => SynthesizedDeployment.Of(Environment, Config.Emulator ? Emulator : null));
    }

    public static Example Local { get; } = new("environments/local.json");

    public static Example ShopDev { get; } = new("environments/dev.json");

    public static Example ShopProd { get; } = new("environments/prod.json");

    /// <summary>System T.</summary>
    public static Example Tap { get; } = new("examples/tap/poc.json");

    /// <summary>System D.</summary>
    public static Example DurableCode { get; } = new("examples/durable-code/dev.json");

    public static IReadOnlyList<Example> All { get; } = [Local, ShopDev, ShopProd, Tap, DurableCode];

    /// <summary>Each stack of each example.</summary>
    public static IEnumerable<TestCaseData> Stacks =>
        from example in All
        from stack in SynthesizedDeployment.StackIds
        select new TestCaseData(example, stack).SetArgDisplayNames(example.File, stack);

    /// <summary>Environment file, relative to the repository.</summary>
    public string File { get; }

    public LoadedEnvironment Environment => _environment.Value;

    public EnvironmentConfig Config => Environment.Config;

    /// <summary><c>tap-poc</c></summary>
    public string Name => $"{Config.Project}-{Config.Name}";

    public SynthesizedDeployment Deployment => _deployment.Value;

    public SynthesizedStack Bootstrap => Deployment.Bootstrap;

    public SynthesizedStack Base => Deployment.Base;

    public SynthesizedStack Runtime => Deployment.Runtime;

    public override string ToString() => File;

    private static LoadedEnvironment Load(string file)
    {
        LoadResult result = EnvironmentFile.Load(file, Checkout.Find().Root);
        return result.Environment ?? throw new AssertionException(
            $"{file} has findings:\n{string.Join('\n', result.Findings.Select(finding => finding.ToString()))}");
    }
}
