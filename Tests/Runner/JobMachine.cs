using System.Diagnostics;
using System.Globalization;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>The machine that a job runs on: an empty workspace, variables, and no way into AWS until a role was taken.</summary>
internal sealed class JobMachine : IDisposable
{
    /// <summary>Steps that are not run locally, and why.</summary>
    private static readonly Dictionary<string, string> Left = new(StringComparer.Ordinal)
    {
        ["./infra test --fast"] = "the tests are what runs this",
        ["bash .ci/run"] = "the tests are what runs this",
    };

    private readonly string _folder;
    private readonly string _name;
    private int _steps;

    public JobMachine(WorkflowRunner desk, string name, JobClaims claims)
    {
        WorkflowRunner = desk;
        _name = name;
        Claims = claims;
        string id = desk.NextJob(this).ToString(CultureInfo.InvariantCulture);
        _folder = Directory.CreateDirectory(Path.Combine(desk.Folder, "jobs", id)).FullName;
        Workspace = Directory.CreateDirectory(Path.Combine(_folder, "workspace")).FullName;
        // Its own plans, logs and locks, but everybody's AWS.
        string work = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(work, "emulator"), desk.Sandbox.Work("emulator"));
        string bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        string docker = Path.Combine(bin, "docker");
        File.Copy(Path.Combine(Sandbox.Root, "Tests", "Runner", "docker.mjs"), docker);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        // Node takes a file without an ending for a module where the folder says so.
        File.WriteAllText(Path.Combine(bin, "package.json"), """{ "type": "module" }""");

        Variables[Checkout.WorkFolderVariable] = work;
        Variables["INFRA_ENVIRONMENTS"] = desk.Environments;
        Variables["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        Variables["DESK_DOCKER"] = new Uri(desk.DockerUrl, id).ToString();
        Variables["CI"] = "true";
        Variables["GITHUB_SHA"] = desk.Commit;
        Variables["GITHUB_REPOSITORY"] = desk.GitHub.Repository;
        Variables["GITHUB_API_URL"] = desk.GitHub.Url.ToString();
        Variables["GITHUB_WORKSPACE"] = Workspace;
    }

    public WorkflowRunner WorkflowRunner { get; }

    /// <summary>Claims of its OIDC token.</summary>
    public JobClaims Claims { get; }

    /// <summary>Registries that docker is signed in to, by account.</summary>
    public Dictionary<string, RoleSession> Registries { get; } = new(StringComparer.Ordinal);

    /// <summary>Credentials of the job; none until a role was assumed.</summary>
    private RoleSession? Session { get; set; }

    public string Workspace { get; }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs a script as GitHub does; its outputs are what it wrote to <c>GITHUB_OUTPUT</c>.</summary>
    public (bool Succeeded, JObject Outputs) Script(string script, string folder, IReadOnlyDictionary<string, string> variables)
    {
        if (Left.TryGetValue(script.Trim(), out string? reason))
        {
            WorkflowRunner.Log($"{_name}: left out, since {reason}: {script.Trim()}");
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
        Run run = WorkflowRunner.Sandbox.Start("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", $"cd \"$1\" && . \"$2\"", "-", Path.Combine(Workspace, folder), $"{step}.sh"], all).Wait();
        WorkflowRunner.Log($"{_name}: exit code {run.ExitCode} after {watch.Elapsed.TotalSeconds:0} s\n$ {script.Trim()}\n{run.Output}");
        return (run.ExitCode == 0, new JObject(File.ReadAllLines($"{step}.outputs").Select(line => line.Split('=', 2)).Select(parts => new JProperty(parts[0], parts[1]))));
    }

    /// <summary>Assumes a role with the job's token, where its trust policy accepts it; from then on the job has that role's credentials and no others.</summary>
    /// <param name="roleArn">Role.</param>
    /// <param name="region">Region that the variables name.</param>
    public void Assume(string roleArn, string region)
    {
        Session = RoleSession.OfJob(WorkflowRunner.Emulator, region, roleArn, Claims);
        foreach ((string name, string value) in Session.Variables)
            Variables[name] = value;
        Variables["AWS_REGION"] = Variables["AWS_DEFAULT_REGION"] = region;
        Variables["INFRA_EMULATOR"] = "1";
        WorkflowRunner.Log($"{_name}: assumed {roleArn} as {Claims.Subject}");
    }

    /// <summary>Signs docker in to the registry of the role's account, which takes the role's permission.</summary>
    public void SignInToRegistry()
    {
        RoleSession session = Session ?? throw new UnauthorizedAccessException($"{_name}: amazon-ecr-login without credentials");
        string account = session.RoleArn.Split(':')[4];
        WorkflowRunner.Access(account, session).Api("ecr").JsonAsync("GetAuthorizationToken").GetAwaiter().GetResult();
        Registries[account] = session;
    }

    public void Dispose() => WorkflowRunner.Summaries.Add((_name, File.Exists(Path.Combine(_folder, "summary.md")) ? File.ReadAllText(Path.Combine(_folder, "summary.md")) : ""));
}
