using System.Diagnostics;
using System.Globalization;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>The machine that a job runs on: an empty workspace, variables, and no access to AWS until a role was assumed.</summary>
internal sealed class JobMachine : IDisposable
{
    /// <summary>Steps that are skipped locally, and why.</summary>
    private static readonly Dictionary<string, string> Skipped = new(StringComparer.Ordinal)
    {
        ["./infra test --fast"] = "this is run by the tests",
        ["bash .ci/run"] = "this is run by the tests",
    };

    /// <summary>A script that sends a program's arguments to the runner.</summary>
    public static readonly string ProgramScript = Path.Combine(Sandbox.Root, "Tests", "Runner", "program-in-jobs");

    private readonly string _folder;
    private readonly string _name;
    private int _steps;

    /// <param name="runner">Runner on which the job runs.</param>
    /// <param name="name">Name of the job in the log.</param>
    /// <param name="claims">Claims of its OIDC token.</param>
    /// <param name="github">Context <c>github</c>.</param>
    /// <param name="permissions">Permissions of its token.</param>
    public JobMachine(WorkflowRunner runner, string name, JobClaims claims, JObject github, JObject permissions)
    {
        WorkflowRunner = runner;
        _name = name;
        Claims = claims;
        Permissions = permissions;
        Token = (string)github["token"]!;
        Run = (long)github["run_id"]!;
        string id = runner.NextJob(this).ToString(CultureInfo.InvariantCulture);
        _folder = Directory.CreateDirectory(Path.Combine(runner.Folder, "jobs", id)).FullName;
        Workspace = Directory.CreateDirectory(Path.Combine(_folder, "workspace")).FullName;
        // Its own plans, logs and locks, but the shared AWS.
        string work = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(work, "emulator"), runner.Sandbox.Work("emulator"));
        string bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        Install("docker", ProgramScript);

        Variables[Checkout.WorkFolderVariable] = work;
        Variables["INFRA_ENVIRONMENTS"] = runner.Environments;
        Variables["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        Variables["DESK_PROGRAMS"] = new Uri(runner.ProgramsUrl, id).ToString();
        if (runner.Worker is { } worker)
        {
            Install("dotnet", InfraWorkerProcess.Program);
            Variables["WORKER_PORT"] = worker.Port;
            Variables["INSTALLED_DOTNET"] = Environment.ProcessPath!;
        }

        Variables["CI"] = "true";
        Variables["GITHUB_RUN_ID"] = (string)github["run_id"]!;
        Variables["GITHUB_SHA"] = (string)github["sha"]!;
        Variables["GITHUB_REPOSITORY"] = claims.Repository;
        Variables["GITHUB_REF_NAME"] = (string)github["ref_name"]!;
        Variables["GITHUB_API_URL"] = runner.GitHub.Url.ToString();
        Variables["GITHUB_WORKSPACE"] = Workspace;
    }

    public WorkflowRunner WorkflowRunner { get; }

    /// <summary>Claims of its OIDC token.</summary>
    public JobClaims Claims { get; }

    /// <summary>Permissions of its token.</summary>
    public JObject Permissions { get; }

    /// <summary>Its token.</summary>
    public string Token { get; }

    /// <summary>
    /// Whether docker has a builder of the driver docker-container; the default driver neither pushes by digest nor attests.
    /// </summary>
    public bool HasBuilder { get; set; }

    /// <summary>Registries that docker is signed in to, by account.</summary>
    public Dictionary<string, RoleSession> Registries { get; } = new(StringComparer.Ordinal);

    /// <summary>Run that the job belongs to.</summary>
    public long Run { get; }

    /// <summary>Credentials of the job; null until a role is assumed.</summary>
    private RoleSession? Session { get; set; }

    public string Workspace { get; }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Puts a program on PATH: a copy of a script, or a link to a binary.</summary>
    public void Install(string name, string program)
    {
        string folder = Path.Combine(_folder, "bin"), path = Path.Combine(folder, name);
        if (program.EndsWith(".mjs", StringComparison.Ordinal))
        {
            // Node treats a file without an extension as a module if the folder's package.json says so.
            File.WriteAllText(Path.Combine(folder, "package.json"), """{ "type": "module" }""");
            File.Copy(program, path);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        else
        {
            File.CreateSymbolicLink(path, program);
        }
    }

    /// <summary>Adds a build to a checkout that has not got the built tool.</summary>
    public void AddBuild(string checkout)
    {
        string folder = Path.Combine(Workspace, checkout);
        WorkflowRunner.Log($"{_name}: gets the build of this machine");
        if (WorkflowRunner.Recording is not null)
            Recording.AddBuild(folder);
        else
            RunnerWorkspace.AddBuild(folder);
    }

    /// <summary>
    /// Runs a script as GitHub does; its outputs are read from <c>GITHUB_OUTPUT</c>. A step that has begun ends with the signal that a
    /// cancellation sends; one that begins after it, with always(), runs to its end.
    /// </summary>
    public (bool Succeeded, JObject Outputs) Script(
        string script, string folder, IReadOnlyDictionary<string, string> variables, CancellationToken cancelled)
    {
        if (Skipped.TryGetValue(script.Trim(), out string? reason))
        {
            WorkflowRunner.Log($"{_name}: skipped, because {reason}: {script.Trim()}");
            return (true, []);
        }

        string step = Path.Combine(_folder, $"step-{++_steps}");
        File.WriteAllText($"{step}.sh", script);
        File.WriteAllText($"{step}.outputs", "");
        string summary = Path.Combine(_folder, "summary.md");
        (string, string)[] all =
        [
            .. Variables.Select(variable => (variable.Key, variable.Value)),
            .. variables.Select(variable => (variable.Key, variable.Value)),
            ("GITHUB_OUTPUT", $"{step}.outputs"), ("GITHUB_STEP_SUMMARY", summary),
        ];
        var watch = Stopwatch.StartNew();
        Running running = WorkflowRunner.Sandbox.Start(
            "bash",
            [
                "--noprofile",
                "--norc",
                "-eo",
                "pipefail",
                "-c",
                $"cd \"$1\" && . \"$2\"",
                "-",
                Path.Combine(Workspace, folder),
                $"{step}.sh",
            ], all);
        using CancellationTokenRegistration? registration =
            cancelled.IsCancellationRequested ? null : cancelled.Register(running.Interrupt);
        Run run = running.Wait();
        WorkflowRunner.Log($"{_name}: exit code {run.ExitCode} after {watch.Elapsed.TotalSeconds:0} s\n$ {script.Trim()}\n{run.Output}");
        return (run.ExitCode == 0, new JObject(
            File.ReadAllLines($"{step}.outputs").Select(line => line.Split('=', 2)).Select(parts => new JProperty(parts[0], parts[1]))));
    }

    /// <summary>
    /// Assumes a role with the job's token, if its trust policy accepts it; after that, the job has only that role's credentials.
    /// </summary>
    /// <param name="roleArn">Role.</param>
    /// <param name="region">Region that the variables name.</param>
    public void Assume(string roleArn, string region)
    {
        if (!TokenPermissions.Have(Permissions, "id-token", "write"))
            throw new UnauthorizedAccessException($"{_name}: no OIDC token, because the job lacks the permission id-token: write");
        WorkflowRunner.Log($"{_name}: assumes {roleArn} as {Claims.Subject} by {Claims.Workflow}");
        if (WorkflowRunner.Recording is not null)
            return;
        Session = RoleSession.OfJob(WorkflowRunner.Emulator, region, roleArn, Claims);
        foreach ((string name, string value) in Session.Variables)
            Variables[name] = value;
        Variables["AWS_REGION"] = Variables["AWS_DEFAULT_REGION"] = region;
        Variables["INFRA_EMULATOR"] = "1";
    }

    /// <summary>Signs docker in to the registry of the role's account, which requires a permission of the role.</summary>
    public void SignInToRegistry()
    {
        if (WorkflowRunner.Recording is not null)
            return;
        RoleSession session = Session ?? throw new UnauthorizedAccessException($"{_name}: amazon-ecr-login without credentials");
        string account = session.RoleArn.Split(':')[4];
        WorkflowRunner.Access(account, session).Api("ecr").JsonAsync("GetAuthorizationToken").GetAwaiter().GetResult();
        Registries[account] = session;
    }

    public void Dispose() => WorkflowRunner.Summaries.Enqueue(
        (_name, File.Exists(Path.Combine(_folder, "summary.md")) ? File.ReadAllText(Path.Combine(_folder, "summary.md")) : ""));
}
