using Infra.Tests.Workflows;
using System.Collections.Concurrent;
using System.Globalization;
using Infra.Operations.Aws;
using Infra.Operations.Emulator;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>
/// Runs workflows locally as GitHub would, from their YAML, against a local AWS. GitHub is replaced by a
/// server on loopback and the actions of <see cref="Fakes"/>.
/// </summary>
internal sealed class WorkflowRunner : IDisposable
{
    private readonly StubHttpServer _docker;
    private readonly ConcurrentDictionary<int, JobMachine> _machines = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly string _region;
    private int _jobs;

    /// <param name="repository">Repository of the workflows.</param>
    /// <param name="region">Region of its environments.</param>
    public WorkflowRunner(string repository, string region)
    {
        _region = region;
        GitHub = new FakeGitHub(repository);
        Registry = new FakeRegistry(account => Access(account));
        _docker = new StubHttpServer((request, body) =>
        {
            JobMachine machine = _machines[int.Parse(request.Url!.AbsolutePath.Trim('/'), CultureInfo.InvariantCulture)];
            (int exitCode, string output) = RegistryOf(machine).Docker(JArray.Parse(body).ToObject<string[]>()!);
            return (200, new JObject { ["exitCode"] = exitCode, ["output"] = output }.ToString());
        });
        Environments = Directory.CreateDirectory(Path.Combine(Folder, "environments")).FullName;
    }

    public Sandbox Sandbox { get; } = new();

    /// <summary>Runs <c>./infra</c> of the jobs, which run one after the other.</summary>
    public InfraWorkerProcess Worker { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("infra-desk-").FullName;

    /// <summary>Folder of the environment files.</summary>
    public string Environments { get; }

    public FakeGitHub GitHub { get; }

    /// <summary>The registries with an administrator's access.</summary>
    public FakeRegistry Registry { get; }

    /// <summary>Address of the local AWS.</summary>
    public Uri Emulator =>
        (EmulatorState.Read(Sandbox.Work("emulator", "state.json")) ?? throw new AssertionException("the local AWS is not running")).Url;

    public Uri DockerUrl => _docker.Url;

    /// <summary>Folder of the application that the repository has in <c>app</c>; null for this repository as it is.</summary>
    public string? Application { get; set; }

    /// <summary>Tools that actions install.</summary>
    public WorkflowTools Tools { get; set; } = null!;

    /// <summary>The repository's variables.</summary>
    public Dictionary<string, string> RepositoryVariables { get; } = new(StringComparer.Ordinal);

    /// <summary>Commit of a run.</summary>
    public string Commit { get; set; } = new('a', 40);

    /// <summary>Whether the pull request changes the infrastructure.</summary>
    public bool InfrastructureChanged { get; set; } = true;

    /// <summary>Secrets of the repository, in addition to those of every run.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Repositories of the submodules, by their folder in the checkout.</summary>
    public Dictionary<string, string> Submodules { get; } = new(StringComparer.Ordinal);

    /// <summary>Summaries of the jobs that ran.</summary>
    public List<(string Job, string Text)> Summaries { get; } = [];

    public void Environment(string name, string json) => File.WriteAllText(Path.Combine(Environments, $"{name}.json"), json);

    /// <summary>Runs a workflow.</summary>
    /// <param name="workflow">Its file: <c>plan.yml</c>, or the path of one that is elsewhere.</param>
    /// <param name="event">Event that triggers it.</param>
    /// <param name="inputs">Inputs of <c>workflow_dispatch</c> and <c>workflow_call</c>.</param>
    public WorkflowResult Run(string workflow, WorkflowEvent @event, params (string Name, JToken Value)[] inputs)
    {
        JObject github = @event.Github(GitHub.Repository);
        github["token"] = "desk-token";
        var secrets = new JObject { ["GOOGLE_CLIENT_ID"] = "", ["GOOGLE_CLIENT_SECRET"] = "" };
        foreach ((string name, string value) in Secrets)
            secrets[name] = value;
        return new WorkflowRun(
            this, WorkflowFile.Load(workflow.Contains('/', StringComparison.Ordinal) ? workflow : $".github/workflows/{workflow}"), github,
            new JObject(inputs.Select(input => new JProperty(input.Name, input.Value))), secrets).Run();
    }

    /// <summary>Runs a workflow and fails, with its log, unless it ends as expected.</summary>
    public WorkflowResult Expect(bool success, string workflow, WorkflowEvent @event, params (string Name, JToken Value)[] inputs)
    {
        _log.Clear();
        WorkflowResult result = Run(workflow, @event, inputs);
        Assert.That(result.Succeeded, Is.EqualTo(success), string.Join('\n', _log));
        return result;
    }

    /// <summary>Output of the steps of the last run.</summary>
    public string Output => string.Join('\n', _log);

    /// <summary>An account of the local AWS, as its administrator or as a role.</summary>
    public AwsAccess Access(string account, RoleSession? session = null) =>
        AwsAccess.ToEmulator(Emulator, account, _region, session?.Credentials);

    /// <summary>The registries with a job's access: with the credentials with which docker is signed in.</summary>
    public FakeRegistry RegistryOf(JobMachine machine) => new(account =>
        Access(account, machine.Registries.GetValueOrDefault(account)
            ?? throw new UnauthorizedAccessException($"docker is not signed in to the registry of {account}")));

    public string Artifact(string name) => Path.Combine(Folder, "artifacts", name);

    /// <returns>Number of the job's machine.</returns>
    public int NextJob(JobMachine machine)
    {
        int number = Interlocked.Increment(ref _jobs);
        _machines[number] = machine;
        return number;
    }

    public void Log(string text) => _log.Enqueue(text);

    public void Dispose()
    {
        Worker.Dispose();
        Sandbox.Dispose();
        GitHub.Dispose();
        _docker.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>An event that triggers a workflow.</summary>
/// <param name="Name">Event: <c>push</c>.</param>
/// <param name="Ref">Ref of the run: <c>refs/heads/main</c>, <c>refs/pull/7/merge</c>.</param>
internal sealed record WorkflowEvent(string Name, string Ref)
{
    public static WorkflowEvent Push(string branch) => new("push", $"refs/heads/{branch}");

    public static WorkflowEvent Dispatch(string branch) => new("workflow_dispatch", $"refs/heads/{branch}");

    public static WorkflowEvent Schedule { get; } = new("schedule", "refs/heads/main");

    /// <summary>A pull request onto the branch.</summary>
    public static WorkflowEvent PullRequest(int number, string onto, bool fork = false) =>
        new("pull_request", $"refs/pull/{number}/merge") { Number = number, Base = onto, Fork = fork };

    public int Number { get; private init; }

    public string Base { get; private init; } = "";

    public bool Fork { get; private init; }

    /// <summary>The context <c>github</c>.</summary>
    public JObject Github(string repository) => new()
    {
        ["event_name"] = Name,
        ["repository"] = repository,
        ["ref"] = Ref,
        ["ref_name"] = Ref.Replace("refs/heads/", "", StringComparison.Ordinal).Replace("refs/", "", StringComparison.Ordinal),
        ["base_ref"] = Base,
        ["event"] = new JObject
        {
            ["number"] = Number,
            ["pull_request"] =
                new JObject { ["head"] = new JObject { ["repo"] = new JObject { ["full_name"] = Fork ? "stranger/fork" : repository } } },
        },
    };
}
