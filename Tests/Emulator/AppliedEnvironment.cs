using System.Collections.Concurrent;
using Amazon.S3;
using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Constructs.Pipelines;
using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.Emulator;
using Infra.Operations.Terraform;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// An environment file of this repository, deployed on the local AWS once per test run, on first use. Saved plans and states
/// are kept in memory, so that tests can read them whatever happens to the deployment.
/// </summary>
/// <remarks>
/// Fixtures that read it run in parallel to <see cref="LifecycleTests"/>, and wait for their deployment. Everything that runs a deployment
/// is parallel, because NUnit starts non-parallel fixtures first.
/// </remarks>
internal sealed class AppliedEnvironment
{
    private static readonly ConcurrentDictionary<string, Lazy<Sandbox>> Sandboxes = new(StringComparer.Ordinal);

    private readonly Lazy<Deployment> _deployment;
    private readonly Lazy<Sandbox> _sandbox;

    private AppliedEnvironment(string file, bool fullCycle = false, bool asUser = false)
    {
        File = file;
        FullCycle = fullCycle;
        // Environments of one system share an account or work across accounts, so they share one local AWS.
        string system = Path.GetDirectoryName(file)!;
        _sandbox = Sandboxes.GetOrAdd(system, _ => new Lazy<Sandbox>(() => new Sandbox(asUser, system)));
        _deployment = new Lazy<Deployment>(Deploy);
    }

    /// <summary>As a user runs it: <c>./infra</c> as a process, Terraform with its own provider.</summary>
    public static AppliedEnvironment Local { get; } = new("environments/local.json", fullCycle: true, asUser: true);

    /// <summary>System T.</summary>
    public static AppliedEnvironment Tap { get; } = new("examples/tap/poc.json", fullCycle: true);

    /// <summary>System D.</summary>
    public static AppliedEnvironment DurableCode { get; } = new("examples/durable-code/dev.json", fullCycle: true);

    /// <summary>An environment with its own KMS key, a NAT instance, endpoints, queues with a worker, and SecureStrings.</summary>
    public static AppliedEnvironment Guarded { get; } = new("Tests/Emulator/Environments/guarded.json");

    /// <summary>System L's test environment, to which each commit is deployed.</summary>
    public static AppliedEnvironment AgentBeta { get; } = new("examples/awslegalpoc/beta.json");

    /// <summary>System L's production environment.</summary>
    public static AppliedEnvironment AgentProduction { get; } = new("examples/awslegalpoc/prod.json");

    /// <summary>System L's pipeline, which has neither base nor runtime.</summary>
    public static AppliedEnvironment AgentTools { get; } = new("examples/awslegalpoc/tools.json");

    /// <summary>System H.</summary>
    public static AppliedEnvironment Hoopstat { get; } = new("examples/hoopstat-haus/prod.json");

    /// <summary>System P's test environment for layers.</summary>
    public static AppliedEnvironment PythonSandbox { get; } = new("examples/python-frameworks/dev.json");

    /// <summary>System P's production environment.</summary>
    public static AppliedEnvironment PythonProduction { get; } = new("examples/python-frameworks/prod.json");

    /// <summary>Environments with base and runtime; the slowest first, so that it does not end last.</summary>
    public static IReadOnlyList<AppliedEnvironment> All { get; } =
    [
        Local,
        Tap,
        DurableCode,
        Hoopstat,
        PythonSandbox,
        PythonProduction,
        Guarded,
        AgentBeta,
        AgentProduction,
    ];

    /// <summary>Environments with a <see cref="FullCycle"/>.</summary>
    public static IEnumerable<AppliedEnvironment> WithFullCycle => All.Where(environment => environment.FullCycle);

    /// <summary>Environments that are kept until the test run ends.</summary>
    public static IEnumerable<AppliedEnvironment> WithoutFullCycle => All.Where(environment => !environment.FullCycle);

    /// <summary>Environment file, relative to the repository.</summary>
    public string File { get; }

    /// <summary>
    /// Whether the test run destroys and recreates its runtime, and then destroys it: tests can read only its plans and states.
    /// </summary>
    public bool FullCycle { get; }

    public EnvironmentConfig Config => Deployed.Config;

    /// <summary>Output of <c>./infra deploy</c>.</summary>
    public Run DeployRun => _deployment.Value.Run;

    public AppliedStack Bootstrap => this["bootstrap"];

    public AppliedStack Base => this["base"];

    public AppliedStack Runtime => this["runtime"];

    public AppliedStack Pipeline => this["pipeline"];

    public AppliedStack this[string stack] => _deployment.Value.Stacks.GetValueOrDefault(stack)
        ?? throw new AssertionException(
            $"{File}: no stack {stack} was deployed; available: {string.Join(", ", _deployment.Value.Stacks.Keys)}");

    /// <summary>The account on the local AWS, as long as the environment is deployed there.</summary>
    public AwsAccess Aws => FullCycle
        ? throw new AssertionException(
            $"{File} is destroyed during a full test run: use its states, or an environment without a full cycle")
        : Access();

    /// <summary>The local AWS and work folder of the deployment.</summary>
    public Sandbox Sandbox => _sandbox.Value;

    /// <summary>Stops every local AWS that was started.</summary>
    public static void StopAll()
    {
        foreach (Lazy<Sandbox> sandbox in Sandboxes.Values.Where(sandbox => sandbox.IsValueCreated))
            sandbox.Value.Dispose();
    }

    /// <summary>Runs a verb on the environment as the role that normally does, and fails unless it returns the exit code.</summary>
    public Run Expect(int exitCode, string verb, params string[] stacks) =>
        Sandbox.ExpectAs(verb == "layer" ? Deliverer() : _deployment.Value.Deployer, exitCode, [verb, .. stacks, .. Choice, "--yes"]);

    /// <summary>
    /// Checks for drift as the workflow does, with the read-only role; with the deployment role if GitHub does not deploy the environment.
    /// </summary>
    public Run ExpectDrift(int exitCode) => Loaded.Config.GitHub is null
        ? Expect(exitCode, "drift")
        : ExpectReadOnly(exitCode, "drift", "--read-only");

    /// <summary>Runs a verb with the read-only role, and fails unless it returns the exit code.</summary>
    public Run ExpectReadOnly(int exitCode, string verb, params string[] options) => Sandbox.ExpectAs(
        RoleSession.OfJob(Sandbox.Emulator, Config.Region, new GitHubRoles(Deployed.Names).PlanArn,
            JobClaims.Scheduled(Config.GitHub!.Repository, Config.GitHub.Branch)),
        exitCode, [verb, .. Choice, .. options]);

    /// <summary>Runs a verb as the deployment role.</summary>
    public Run Run(string verb, params string[] stacks) =>
        Sandbox.InfraAs(_deployment.Value.Deployer, [verb, .. stacks, .. Choice, "--yes"]);

    /// <summary>The build that destroys and recreates runtime on schedule; null without a schedule.</summary>
    public RuntimeScheduleBuildRun? ScheduleBuild =>
        Config.Schedule is null ? null : new RuntimeScheduleBuildRun(Sandbox, Config.Account, Config.Region, Loaded.Names.Cycle);

    /// <summary>Runs a verb with a changed environment file.</summary>
    public Run ExpectChanged(Action<JObject> change, int exitCode, string verb, params string[] options)
    {
        JObject json = JObject.Parse(System.IO.File.ReadAllText(Path.Combine(Sandbox.Root, File)));
        json.Remove("$schema");
        change(json);
        string file = Sandbox.Environment(Config.Name, json.ToString());
        return Sandbox.ExpectAs(_deployment.Value.Deployer, exitCode, [verb, "--env", file, "--emulator", "--yes", .. options]);
    }

    /// <summary>Current outputs of a stack; empty if it has no state.</summary>
    public IReadOnlyDictionary<string, string> OutputsNow(string stack) =>
        ((JObject?)ReadState(stack)?["outputs"] ?? []).Properties()
            .ToDictionary(output => output.Name, output => output.Value["value"]!.ToString());

    /// <summary>Current resource addresses of a stack; empty if it has no state.</summary>
    public IReadOnlyList<string> ResourcesNow(string stack) => ReadState(stack) is { } state ? new AppliedStack([], state).Addresses() : [];

    public override string ToString() => File;

    private string[] Choice => ["--env", File, "--emulator"];

    private string OutDir =>
        Sandbox.Work("deploy", $"{Loaded.Config.Project}-{Loaded.Config.Name}{(Loaded.Config.Emulator ? "" : "-emulator")}");

    // After the deployment, which creates roles and resources.
    private LoadedEnvironment Deployed => _deployment.Value.Environment;

    private LoadedEnvironment Loaded => EnvironmentFile.Load(File, Sandbox.Root).Environment
        ?? throw new AssertionException($"{File} has findings: ./infra synth --env {File}");

    private Deployment Deploy()
    {
        string plans = Sandbox.Work("recorded-plans", File);
        Directory.CreateDirectory(plans);
        // Done once per account with administrator permissions; the rest is done by the role of the workflow or of the pipeline.
        Run bootstrap = Recorded(plans, "bootstrap", null);
        RoleSession? deployer = Deployer();
        Run deploy = Recorded(plans, "deploy", deployer);
        var run = new Run(deploy.ExitCode, bootstrap.Output + deploy.Output);
        var stacks =
            from file in Directory.GetFiles(plans, "*.json")
            let stack = Path.GetFileNameWithoutExtension(file)
            let plan = Parse(System.IO.File.ReadAllText(file))
            // An empty stack is planned and not applied.
            let state = ReadState(stack)
                ?? ((bool?)plan["applyable"] == false
                    ? []
                    : throw new AssertionException($"{File}, stack {stack}: planned, but without a state"))
            select (stack, new AppliedStack(plan, state));
        return new Deployment(Loaded, run, stacks.ToDictionary(), deployer);
    }

    private Run Recorded(string plans, string verb, RoleSession? session)
    {
        Run run = Sandbox.InfraWith(
            [
                (TerraformBinary.Variable, Path.Combine(Sandbox.Root, "Tests", "Emulator", "terraform-recorder")),
                ("RECORDED_TERRAFORM", Sandbox.Terraform),
                ("RECORDED_PLANS", plans), .. session?.Variables ?? [],
            ],
            [verb, .. Choice, "--yes"]);
        Assert.That(run.ExitCode, Is.Zero, $"./infra {verb} {string.Join(' ', Choice)}\n{run.Output}");
        return run;
    }

    /// <summary>The role that delivers applications.</summary>
    private RoleSession Deliverer() => OfJob(Deployed, Deployed.Config.GitHub!, new GitHubRoles(Deployed.Names).DeliverArn);

    private RoleSession OfJob(LoadedEnvironment environment, GitHubConfig github, string role) => RoleSession.OfJob(
        Sandbox.Emulator, environment.Config.Region, role,
        JobClaims.Deploying(github.Repository, github.EnvironmentOf(environment.Names), github.Branch));

    /// <summary>The role that deploys the environment; null if an administrator does.</summary>
    private RoleSession? Deployer()
    {
        LoadedEnvironment environment = Loaded;
        EnvironmentConfig config = environment.Config;
        if (config.GitHub is { } github)
            return OfJob(environment, github, new GitHubRoles(environment.Names).ApplyArn);
        if (environment.DeployedFrom is not { } pipeline)
            return null;
        // The role of the pipeline's builds is in the pipeline's account; it may assume the deployment role.
        _ = AgentTools.DeployRun;
        string build = PipelineRoles.Deploy(config.Name);
        string project =
            $"arn:aws:codebuild:{pipeline.Config.Region}:{pipeline.Config.Account}:project/{BuildProject.NameOf(pipeline.Names, build)}";
        return RoleSession.OfService(Sandbox.Emulator, "codebuild.amazonaws.com", PipelineRoles.Arn(pipeline.Names, build), project)
            .Assume(Sandbox.Emulator, config.Region,
                $"arn:aws:iam::{config.Account}:role/{environment.Names.For(NameRule.IamRole, PipelineRoles.TargetDeploy)}");
    }

    private AwsAccess Access()
    {
        EmulatorState emulator = EmulatorState.Read(Sandbox.Work("emulator", "state.json"))
            ?? throw new AssertionException($"the local AWS of {File} is not running");
        return AwsAccess.ToEmulator(emulator.Url, Loaded.Config.Account, Loaded.Config.Region);
    }

    private JObject? ReadState(string stack)
    {
        StackFolder folder = StackFolder.Open(OutDir, stack);
        using AmazonS3Client s3 = Access().S3();
        try
        {
            using var answer = s3.GetObjectAsync(Loaded.Config.State.BucketOf(Loaded.Names), folder.StateKey).GetAwaiter().GetResult();
            using var reader = new StreamReader(answer.ResponseStream);
            return Parse(reader.ReadToEnd());
        }
        catch (AmazonS3Exception e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static JObject Parse(string text)
    {
        // Dates stay strings, as Terraform wrote them.
        using var json = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(json);
    }

    private sealed record Deployment(
        LoadedEnvironment Environment, Run Run, IReadOnlyDictionary<string, AppliedStack> Stacks, RoleSession? Deployer);
}
