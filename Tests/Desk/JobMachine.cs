using System.Diagnostics;
using System.Globalization;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Desk;

/// <summary>The machine that a job runs on: an empty workspace, variables, and no way into AWS until a role was taken.</summary>
internal sealed class JobMachine : IDisposable
{
    /// <summary>Steps that are not run at a desk, and why.</summary>
    private static readonly Dictionary<string, string> Left = new(StringComparer.Ordinal)
    {
        ["./infra test --fast"] = "the tests are what runs this",
        ["bash .ci/run"] = "the tests are what runs this",
    };

    private readonly string _folder;
    private readonly string _name;
    private int _steps;

    public JobMachine(Desk desk, string name, string subject, string @ref, string workflow)
    {
        Desk = desk;
        _name = name;
        Subject = subject;
        Ref = @ref;
        Workflow = workflow;
        _folder = Directory.CreateDirectory(Path.Combine(desk.Folder, "jobs", desk.NextJob().ToString(CultureInfo.InvariantCulture))).FullName;
        Workspace = Directory.CreateDirectory(Path.Combine(_folder, "workspace")).FullName;
        // Its own plans, logs and locks, but everybody's AWS.
        string work = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(work, "emulator"), desk.Sandbox.Work("emulator"));
        string bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        string docker = Path.Combine(bin, "docker");
        File.Copy(Path.Combine(Sandbox.Root, "Tests", "Desk", "docker.mjs"), docker);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        // Node takes a file without an ending for a module where the folder says so.
        File.WriteAllText(Path.Combine(bin, "package.json"), """{ "type": "module" }""");

        Variables[Checkout.WorkFolderVariable] = work;
        Variables["INFRA_ENVIRONMENTS"] = desk.Environments;
        Variables["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        Variables["DESK_DOCKER"] = desk.DockerUrl.ToString();
        Variables["CI"] = "true";
        Variables["GITHUB_SHA"] = desk.Commit;
        Variables["GITHUB_REPOSITORY"] = desk.GitHub.Repository;
        Variables["GITHUB_API_URL"] = desk.GitHub.Url.ToString();
        Variables["GITHUB_WORKSPACE"] = Workspace;
    }

    public Desk Desk { get; }

    /// <summary>Subject and ref of its OIDC token.</summary>
    public string Subject { get; }

    public string Ref { get; }

    /// <summary>Workflow that defines the job, as the token names it: <c>acme/infra/.github/workflows/apply.yml@refs/heads/main</c>.</summary>
    public string Workflow { get; }

    public string Workspace { get; }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs a script as GitHub does; its outputs are what it wrote to <c>GITHUB_OUTPUT</c>.</summary>
    public (bool Succeeded, JObject Outputs) Script(string script, string folder, IReadOnlyDictionary<string, string> variables)
    {
        if (Left.TryGetValue(script.Trim(), out string? reason))
        {
            Desk.Log($"{_name}: left out, since {reason}: {script.Trim()}");
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
        Run run = Desk.Sandbox.Start("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", $"cd \"$1\" && . \"$2\"", "-", Path.Combine(Workspace, folder), $"{step}.sh"], all).Wait();
        Desk.Log($"{_name}: exit code {run.ExitCode} after {watch.Elapsed.TotalSeconds:0} s\n$ {script.Trim()}\n{run.Output}");
        return (run.ExitCode == 0, new JObject(File.ReadAllLines($"{step}.outputs").Select(line => line.Split('=', 2)).Select(parts => new JProperty(parts[0], parts[1]))));
    }

    /// <summary>Takes a role with the job's token, where the role's trust lets it; from then on <c>./infra</c> reaches the local AWS.</summary>
    public void Assume(string roleArn)
    {
        Desk.Trust.Check(roleArn, Subject, Ref, Workflow);
        Variables["INFRA_EMULATOR"] = "1";
        Desk.Log($"{_name}: took {roleArn} as {Subject}");
    }

    public void Dispose() => Desk.Summaries.Add((_name, File.Exists(Path.Combine(_folder, "summary.md")) ? File.ReadAllText(Path.Combine(_folder, "summary.md")) : ""));
}
