using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>An environment file of this repository and its synthesized stacks, created once per test run.</summary>
internal sealed class Example
{
    /// <summary>Path of the emulator's profile; the same on every machine, so that snapshots are the same.</summary>
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

    /// <summary>System T's production environment.</summary>
    public static Example TapProduction { get; } = new("examples/tap/prod.json");

    /// <summary>System D.</summary>
    public static Example DurableCode { get; } = new("examples/durable-code/dev.json");

    /// <summary>System D's production environment.</summary>
    public static Example DurableCodeProduction { get; } = new("examples/durable-code/prod.json");

    /// <summary>System H.</summary>
    public static Example Hoopstat { get; } = new("examples/hoopstat-haus/prod.json");

    /// <summary>System P's test environment for layers.</summary>
    public static Example PythonSandbox { get; } = new("examples/python-frameworks/dev.json");

    /// <summary>System P's production environment.</summary>
    public static Example PythonProduction { get; } = new("examples/python-frameworks/prod.json");

    /// <summary>System L's test environment, to which each commit is deployed.</summary>
    public static Example AgentBeta { get; } = new("examples/awslegalpoc/beta.json");

    /// <summary>System L's production environment.</summary>
    public static Example AgentProduction { get; } = new("examples/awslegalpoc/prod.json");

    /// <summary>System L's pipeline.</summary>
    public static Example AgentTools { get; } = new("examples/awslegalpoc/tools.json");

    /// <summary>Examples with base and runtime.</summary>
    public static IReadOnlyList<Example> All { get; } =
    [
        Local,
        ShopDev,
        ShopProd,
        Hoopstat,
        PythonSandbox,
        PythonProduction,
        DurableCode,
        DurableCodeProduction,
        Tap,
        TapProduction,
        AgentBeta,
        AgentProduction,
    ];

    /// <summary>Examples that GitHub deploys.</summary>
    public static IEnumerable<Example> WithGitHub => All.Where(example => example.Config.GitHub is not null);

    /// <summary>All examples, including pipelines.</summary>
    public static IReadOnlyList<Example> WithPipelines { get; } = [.. All, AgentTools];

    /// <summary>Examples whose data is kept.</summary>
    public static IEnumerable<Example> Kept => All.Where(example => !example.Config.Disposable && !example.Config.Emulator);

    /// <summary>Examples with services; the runtime of others is empty.</summary>
    public static IEnumerable<Example> WithServices => All.Where(example => example.Config.Services.Count > 0);

    /// <summary>Each stack of each example.</summary>
    public static IEnumerable<TestCaseData> Stacks =>
        from example in WithPipelines
        from stack in SynthesizedDeployment.StackIdsOf(example.Config)
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
