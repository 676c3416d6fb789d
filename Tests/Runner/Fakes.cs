using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>The local replacement of each third-party action. An action that is not listed here stops the run.</summary>
internal static class Fakes
{
    private static readonly Dictionary<string, Func<JobMachine, JObject, JObject>> Actions = new(StringComparer.Ordinal)
    {
        // A copy of this repository or of an application's.
        ["actions/checkout"] = (machine, with) => Nothing(() => CheckOut(machine, with)),
        // .NET, Node and Terraform are installed on this machine.
        ["actions/setup-dotnet"] = (_, _) => [],
        ["actions/setup-node"] = (_, _) => [],
        ["hashicorp/setup-terraform"] = (_, _) => [],
        ["actions/cache"] = (_, _) => [],
        ["actions/upload-artifact"] = (machine, with) =>
            Nothing(() => Upload(machine, (string)with["name"]!, Path.Combine(machine.Workspace, (string)with["path"]!))),
        ["actions/download-artifact"] = (machine, with) =>
            Nothing(() => Download(machine, (string?)with["name"], Path.Combine(machine.Workspace, (string)with["path"]!))),
        // The local AWS's STS checks the job's token against the role's trust policy, and issues the credentials.
        ["aws-actions/configure-aws-credentials"] = (machine, with) =>
            Nothing(() => machine.Assume((string)with["role-to-assume"]!, (string)with["aws-region"]!)),
        ["aws-actions/amazon-ecr-login"] = (machine, _) => Nothing(machine.SignInToRegistry),
        ["docker/setup-buildx-action"] = (machine, _) => Nothing(() => machine.HasBuilder = true),
        // A manifest in the local AWS's registry; nothing is built.
        ["docker/build-push-action"] = (machine, with) => new JObject { ["digest"] = Push(machine, with) },
        ["github/codeql-action/upload-sarif"] = (machine, with) =>
            Nothing(() => UploadSarif(machine, Path.Combine(machine.Workspace, (string)with["sarif_file"]!))),
        // A stand-in: docs/delivery.md, "Tests of the workflows".
        ["astral-sh/setup-uv"] = (machine, _) => Nothing(() => machine.WorkflowRunner.Tools.SetUpUv(machine)),
        ["oven-sh/setup-bun"] = (machine, with) =>
            Nothing(() => machine.WorkflowRunner.Tools.SetUpBun(machine, (string)with["bun-version-file"]!)),
        // The test sets which files changed.
        ["dorny/paths-filter"] = (machine, with) => PathsFilter.Outputs(with, machine.WorkflowRunner.ChangedFiles),
    };

    public static Func<JobMachine, JObject, JObject> Of(string action) => Actions.GetValueOrDefault(action.Split('@')[0])
        ?? throw new NotSupportedException($"no fake for {action}");

    /// <summary>
    /// Content of an image: the commit, and the Dockerfile of an example, which must be in the build context and have the target stage.
    /// </summary>
    private static string Built(JobMachine machine, JObject with)
    {
        string file = (string)with["file"]!, target = (string?)with["target"] ?? "";
        if (file == "app/./Dockerfile")
            return machine.Variables["GITHUB_SHA"];
        string text = File.ReadAllText(Path.Combine(machine.Workspace, file));
        if (target.Length > 0 && !text.Contains($" AS {target}\n", StringComparison.Ordinal))
            throw new NotSupportedException($"{file} has no stage {target}");
        machine.WorkflowRunner.Log($"built {file}, stage {(target.Length > 0 ? target : "(the last one)")}");
        return machine.Variables["GITHUB_SHA"] + text;
    }

    private static string Push(JobMachine machine, JObject with)
    {
        if (!machine.HasBuilder)
            throw new NotSupportedException("Attestation is not supported for the docker driver");
        string[] tags = ((string)with["tags"]!).Split(',');
        return machine.WorkflowRunner.Recording?.Images.Push(machine.WorkflowRunner.Commit, tags)
            ?? machine.WorkflowRunner.RegistryOf(machine).Push(Built(machine, with), tags);
    }

    private static void CheckOut(JobMachine machine, JObject with)
    {
        string folder = Path.Combine(machine.Workspace, (string?)with["path"] ?? ".");
        string repository = Given(with, "repository") ?? machine.Claims.Repository;
        machine.WorkflowRunner.RequireReadable(repository, Given(with, "token") ?? machine.Token, machine);
        machine.WorkflowRunner.Log($"checked out {repository} at {Given(with, "ref") ?? "the run's commit"} into {with["path"] ?? "."}");
        if (machine.WorkflowRunner.Applications.GetValueOrDefault(repository) is { } application)
            RunnerWorkspace.Copy(application.Folder, folder);
        else if (machine.WorkflowRunner.Recording is not null)
            Recording.CheckOut(folder);
        else
            RunnerWorkspace.CheckOut(folder, machine.WorkflowRunner.Application);
        RunnerWorkspace.AddGit(folder, repository, Given(with, "ref") ?? machine.Variables["GITHUB_SHA"]);
        if ((bool?)with["submodules"] is not true)
            return;
        // https://github.com/actions/checkout#usage: the key fetches submodules whose URL begins with git@.
        if (string.IsNullOrEmpty((string?)with["ssh-key"]))
            throw new UnauthorizedAccessException("git@github.com: Permission denied (publickey)");
        RunnerWorkspace.AddSubmodules(folder, machine.WorkflowRunner.Submodules);
    }

    private static void Upload(JobMachine machine, string name, string path)
    {
        machine.WorkflowRunner.GitHub.Artifacts.Upload(machine.Run, name, path);
        RunnerWorkspace.Copy(path, machine.WorkflowRunner.Artifact(name));
    }

    /// <summary>One artifact, or without a name all of them, into one folder.</summary>
    private static void Download(JobMachine machine, string? name, string folder)
    {
        foreach (string artifact in name is null
            ? Directory.GetDirectories(machine.WorkflowRunner.Artifact(""))
            : [machine.WorkflowRunner.Artifact(name)])
            RunnerWorkspace.Copy(artifact, folder);
    }

    /// <summary>https://docs.github.com/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data</summary>
    private static void UploadSarif(JobMachine machine, string folder)
    {
        if (!machine.WorkflowRunner.HasCodeScanning)
            throw new UnauthorizedAccessException("Code Security must be enabled for this repository to use code scanning.");
        if (!TokenPermissions.Have(machine.Permissions, "security-events", "write"))
            throw new UnauthorizedAccessException("Resource not accessible by integration");
        foreach (string file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
            machine.WorkflowRunner.UploadedSarif.Enqueue(Path.GetFileName(file));
    }

    private static string? Given(JObject with, string input) => (string?)with[input] is { Length: > 0 } value ? value : null;

    private static JObject Nothing(Action action)
    {
        action();
        return [];
    }
}
