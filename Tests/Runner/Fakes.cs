using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>The local replacement of each third-party action. An action that is not listed here stops the run.</summary>
internal static class Fakes
{
    private static readonly Dictionary<string, Func<JobMachine, JObject, JObject>> Actions = new(StringComparer.Ordinal)
    {
        // A copy of this repository, with its local build.
        ["actions/checkout"] = (machine, with) =>
            Nothing(() => RunnerWorkspace.CheckOut(Path.Combine(machine.Workspace, (string?)with["path"] ?? "."))),
        // .NET, Node and Terraform are installed on this machine.
        ["actions/setup-dotnet"] = (_, _) => [],
        ["actions/setup-node"] = (_, _) => [],
        ["hashicorp/setup-terraform"] = (_, _) => [],
        ["actions/cache"] = (_, _) => [],
        ["actions/upload-artifact"] = (machine, with) =>
            Nothing(() => RunnerWorkspace.Copy(
                Path.Combine(machine.Workspace, (string)with["path"]!), machine.WorkflowRunner.Artifact((string)with["name"]!))),
        ["actions/download-artifact"] = (machine, with) =>
            Nothing(() => RunnerWorkspace.Copy(
                machine.WorkflowRunner.Artifact((string)with["name"]!), Path.Combine(machine.Workspace, (string)with["path"]!))),
        // The local AWS's STS checks the job's token against the role's trust policy, and issues the credentials.
        ["aws-actions/configure-aws-credentials"] = (machine, with) =>
            Nothing(() => machine.Assume((string)with["role-to-assume"]!, (string)with["aws-region"]!)),
        ["aws-actions/amazon-ecr-login"] = (machine, _) => Nothing(machine.SignInToRegistry),
        ["docker/setup-buildx-action"] = (_, _) => [],
        // A manifest in the local AWS's registry; nothing is built.
        ["docker/build-push-action"] = (machine, with) =>
            new JObject
            {
                ["digest"] = machine.WorkflowRunner.RegistryOf(machine)
                .Push(Built(machine, with), ((string)with["tags"]!).Split(','))
            },
        // The test sets which paths changed.
        ["dorny/paths-filter"] = (machine, _) =>
            new JObject { ["infrastructure"] = machine.WorkflowRunner.InfrastructureChanged ? "true" : "false" },
    };

    public static Func<JobMachine, JObject, JObject> Of(string action) => Actions.GetValueOrDefault(action.Split('@')[0])
        ?? throw new NotSupportedException($"no fake for {action}");

    /// <summary>Content of an image: the commit, and the Dockerfile of an example, which must be in the build context.</summary>
    private static string Built(JobMachine machine, JObject with)
    {
        string file = (string)with["file"]!;
        return file == "app/./Dockerfile"
            ? machine.WorkflowRunner.Commit
            : machine.WorkflowRunner.Commit + File.ReadAllText(Path.Combine(machine.Workspace, file));
    }

    private static JObject Nothing(Action action)
    {
        action();
        return [];
    }
}
