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
    private readonly StubHttpServer _programs;
    private readonly ConcurrentDictionary<int, JobMachine> _machines = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly string _region;
    private int _jobs;

    /// <param name="repository">Repository of the workflows.</param>
    /// <param name="region">Region of its environments.</param>
    /// <param name="record">
    /// Whether the runs only record what they ask of <c>./infra</c>, docker and AWS: for tests of the order and the conditions of jobs.
    /// </param>
    /// <param name="startsInfra">Whether jobs start <c>./infra</c> as on GitHub, without a local AWS.</param>
    public WorkflowRunner(string repository, string region, bool record = false, bool startsInfra = false)
    {
        _region = region;
        Groups = new ConcurrencyGroups(State);
        Sandbox = new Sandbox(asUser: record || startsInfra);
        GitHub = new FakeGitHub(repository);
        Registry = new FakeRegistry(account => Access(account), () => true);
        Recording = record ? new Recording(this) : null;
        Worker = record || startsInfra ? null : new InfraWorkerProcess();
        _programs = new StubHttpServer((request, body) =>
        {
            JobMachine machine = _machines[int.Parse(request.Url!.AbsolutePath.Trim('/'), CultureInfo.InvariantCulture)];
            var call = ProgramCall.Parse(body);
            (int exitCode, string output) = Recording?.Answer(machine, call) ?? RegistryOf(machine).Docker(call.Arguments);
            return (200, ProgramCall.Answer(exitCode, output));
        });
        Environments = Directory.CreateDirectory(Path.Combine(Folder, "environments")).FullName;
    }

    public Sandbox Sandbox { get; }

    /// <summary>What runs asked for; null if they run against the local AWS.</summary>
    public Recording? Recording { get; }

    /// <summary>Runs <c>./infra</c> of the jobs, which run one after the other; null if they only record, or start it.</summary>
    public InfraWorkerProcess? Worker { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("infra-desk-").FullName;

    /// <summary>Folder of the environment files.</summary>
    public string Environments { get; }

    public FakeGitHub GitHub { get; }

    /// <summary>The registries with an administrator's access.</summary>
    public FakeRegistry Registry { get; }

    /// <summary>Address of the local AWS.</summary>
    public Uri Emulator =>
        (EmulatorState.Read(Sandbox.Work("emulator", "state.json")) ?? throw new AssertionException("the local AWS is not running")).Url;

    public Uri ProgramsUrl => _programs.Url;

    /// <summary>Folder of the application that the repository has in <c>app</c>; null for this repository as it is.</summary>
    public string? Application { get; set; }

    /// <summary>Tools that actions install.</summary>
    public WorkflowTools Tools { get; set; } = null!;

    /// <summary>The repository's variables.</summary>
    public Dictionary<string, string> RepositoryVariables { get; } = new(StringComparer.Ordinal);

    /// <summary>Commit of a run.</summary>
    public string Commit { get; set; } = new('a', 40);

    /// <summary>Files that the pull request changes.</summary>
    public IReadOnlyList<string> ChangedFiles { get; set; } = ["environments/stage.json"];

    /// <summary>Repositories of applications, by name.</summary>
    public Dictionary<string, ApplicationRepository> Applications { get; } = new(StringComparer.Ordinal);

    /// <summary>Tokens, other than those of its jobs, that can read the repository of the workflows.</summary>
    public HashSet<string> ReadTokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Secrets of the repository, in addition to those of every run.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Repositories of the submodules, by their folder in the checkout.</summary>
    public Dictionary<string, string> Submodules { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the repository has code scanning.</summary>
    public bool HasCodeScanning { get; set; } = true;

    /// <summary>Names of the files that code scanning received.</summary>
    public ConcurrentQueue<string> UploadedSarif { get; } = new();

    /// <summary>Summaries of the jobs that ran.</summary>
    public ConcurrentQueue<(string Job, string Text)> Summaries { get; } = new();

    public void Environment(string name, string json) => File.WriteAllText(Path.Combine(Environments, $"{name}.json"), json);

    /// <summary>State of the runs.</summary>
    public RunState State { get; } = new();

    /// <summary>Concurrency groups of the repositories.</summary>
    public ConcurrencyGroups Groups { get; }

    /// <summary>Runs a workflow to its end. Nobody approves its jobs.</summary>
    /// <param name="workflow">Its file: <c>plan.yml</c>, or the path of one that is elsewhere.</param>
    /// <param name="event">Event that triggers it.</param>
    /// <param name="inputs">Inputs of <c>workflow_dispatch</c> and <c>workflow_call</c>.</param>
    public WorkflowResult Run(string workflow, WorkflowEvent @event, params (string Name, JToken Value)[] inputs) =>
        Start(workflow, @event, inputs).Wait();

    /// <summary>Starts a workflow.</summary>
    /// <param name="workflow">Its file: <c>plan.yml</c>, or the path of one that is elsewhere.</param>
    /// <param name="event">Event that triggers it.</param>
    /// <param name="inputs">Inputs of <c>workflow_dispatch</c> and <c>workflow_call</c>.</param>
    public StartedRun Start(string workflow, WorkflowEvent @event, params (string Name, JToken Value)[] inputs)
    {
        JObject github = @event.Github(GitHub.Repository);
        github["sha"] = Commit;
        var secrets = new JObject { ["GOOGLE_CLIENT_ID"] = "", ["GOOGLE_CLIENT_SECRET"] = "" };
        foreach ((string name, string value) in Secrets)
            secrets[name] = value;
        return Start(
            WorkflowFile.Load(workflow.Contains('/', StringComparison.Ordinal) ? workflow : $".github/workflows/{workflow}"),
            new WorkflowSource(GitHub.Repository, @event.Ref, Commit), github,
            new JObject(inputs.Select(input => new JProperty(input.Name, input.Value))), secrets);
    }

    /// <summary>Runs a workflow of an application's repository to its end. Nobody approves its jobs.</summary>
    /// <param name="application">Repository.</param>
    /// <param name="workflow">YAML of the workflow.</param>
    /// <param name="event">Event that triggers it.</param>
    /// <param name="secrets">Secrets of the repository.</param>
    public WorkflowResult Run(
        ApplicationRepository application, string workflow, WorkflowEvent @event, params (string Name, string Value)[] secrets)
    {
        _log.Clear();
        return Start(application, workflow, @event, secrets).Wait();
    }

    /// <summary>Starts a workflow of an application's repository.</summary>
    /// <param name="application">Repository.</param>
    /// <param name="workflow">YAML of the workflow.</param>
    /// <param name="event">Event that triggers it.</param>
    /// <param name="secrets">Secrets of the repository.</param>
    public StartedRun Start(
        ApplicationRepository application, string workflow, WorkflowEvent @event, params (string Name, string Value)[] secrets)
    {
        Applications[application.Name] = application;
        JObject github = @event.Github(application.Name);
        github["sha"] = application.Commit;
        return Start(
            WorkflowFile.Parse(".github/workflows/application.yml", workflow),
            new WorkflowSource(application.Name, @event.Ref, application.Commit), github, [],
            new JObject(secrets.Select(secret => new JProperty(secret.Name, secret.Value))));
    }

    /// <summary>Runs the workflows that jobs have dispatched since the last call, to their end.</summary>
    public IReadOnlyList<WorkflowResult> RunDispatched() =>
    [
        .. GitHub.TakeDispatches().Select(dispatch => Run(
            dispatch.Workflow, WorkflowEvent.Dispatch(dispatch.Branch),
            [.. dispatch.Inputs.Properties().Select(input => (input.Name, Typed(input.Value)))])),
    ];

    // The API takes strings; GitHub converts those of boolean inputs.
    private static JToken Typed(JToken value) => bool.TryParse((string?)value, out bool boolean) ? boolean : value;

    private StartedRun Start(WorkflowFile file, WorkflowSource source, JObject github, JObject inputs, JObject secrets)
    {
        TokenPermissions.Check(this, file, source);
        string head = (string?)github.SelectToken("event.pull_request.head.repo.full_name") ?? source.Repository;
        github["run_id"] =
            GitHub.Artifacts.StartRun((string)github["event_name"]!, source.Commit, file.Path, source.Repository, head)
                .ToString(CultureInfo.InvariantCulture);
        github["event"]!["repository"] = new JObject { ["private"] = GitHub.IsPrivate };
        var started = new StartedRun(
            State, environment => EnvironmentRules.Of(this, source.Repository, environment), (string)github["actor"]!);
        started.Begin(new WorkflowRun(this, file, source, started, github, inputs, secrets).Run);
        return started;
    }

    /// <summary>
    /// Fails unless the token can read the repository. The token of a job is limited to the repository that runs the workflow:
    /// https://docs.github.com/actions/concepts/security/github_token
    /// </summary>
    public void RequireReadable(string repository, string token, JobMachine machine)
    {
        bool isPrivate = repository == GitHub.Repository && GitHub.IsPrivate;
        bool isOwn = token == machine.Token && repository == machine.Claims.Repository
            && TokenPermissions.Have(machine.Permissions, "contents", "read");
        if (isPrivate && !isOwn && !ReadTokens.Contains(token))
            throw new UnauthorizedAccessException($"{repository}: Not Found; it is private and the token cannot read it");
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
            ?? throw new UnauthorizedAccessException($"docker is not signed in to the registry of {account}")), () => machine.HasBuilder);

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
        Worker?.Dispose();
        Sandbox.Dispose();
        GitHub.Dispose();
        _programs.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
