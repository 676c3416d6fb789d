using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Examples;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>Tools that workflows install with actions: from npm, into <c>.infra/workflow-tools</c>, once for each lock file.</summary>
/// <param name="Folder">Folder with <c>node_modules</c>.</param>
/// <param name="Python">Python for pytest.</param>
internal sealed record WorkflowTools(string Folder, ExamplesPython Python)
{
    private static string Root => Checkout.Find().Root;

    // Fixtures run at the same time.
    private static readonly Lazy<Task<WorkflowTools>> s_installed = new(InstallMissingAsync);

    /// <summary>Installs what is missing. Where npm cannot be reached, the test fails.</summary>
    public static Task<WorkflowTools> InstallAsync() => s_installed.Value;

    private static async Task<WorkflowTools> InstallMissingAsync()
    {
        ExamplesPython python = await ExamplesPython.FindAsync();
        string folder = Directory.CreateDirectory(Path.Combine(Root, ".infra", "workflow-tools")).FullName;
        string source = Path.Combine(Root, "Tests", "Runner", "tools"), installed = Path.Combine(folder, "installed.json");
        string wanted = await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed) != wanted)
        {
            foreach (string file in Directory.GetFiles(source))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
            (int exitCode, string output) =
                await Tool.RunAsync(new ProcessRequest("npm", "ci", "--no-audit", "--no-fund") { WorkingDirectory = folder });
            Assert.That(exitCode, Is.Zero, output);
            await File.WriteAllTextAsync(installed, wanted);
        }

        return new WorkflowTools(folder, python);
    }

    /// <summary>Puts bun on a machine's PATH. The workflow must ask for the version that is installed here.</summary>
    public void SetUpBun(JobMachine machine, string versionFile)
    {
        string asked = File.ReadAllText(Path.Combine(machine.Workspace, versionFile));
        string package = File.ReadAllText(Path.Combine(Folder, "node_modules", "bun", "package.json"));
        string version = (string)JObject.Parse(package)["version"]!;
        if (!asked.Contains($"\"packageManager\": \"bun@{version}\"", StringComparison.Ordinal))
            throw new NotSupportedException($"{versionFile} asks for another version of bun than {version} in Tests/Runner/tools");
        machine.Install("bun", Path.Combine(Folder, "node_modules", "bun", "bin", "bun.exe"));
    }

    /// <summary>Puts the stand-in for uv on a machine's PATH.</summary>
    public void SetUpUv(JobMachine machine)
    {
        machine.Install("uv", Path.Combine(Root, "Tests", "Runner", "uv.mjs"));
        machine.Variables["WORKFLOW_TOOLS"] = Folder;
        machine.Variables["EXAMPLES_PYTHON"] = Python.Interpreter;
        foreach ((string name, string value) in Python.Variables())
            machine.Variables[name] = value;
    }
}
