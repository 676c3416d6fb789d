using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;
using Newtonsoft.Json;

namespace Infra.Operations.Deployment;

/// <summary>
/// A folder of plans that one job creates and another applies: for each stack the plan, the synthesized stack and Terraform's
/// text, and of all stacks one page as Markdown and one <c>summary.json</c>.
/// </summary>
internal sealed class SavedPlans(RunContext context, string folder)
{
    private const string SummaryFile = "summary.json";

    private const string PageFile = "plan.md";

    // Recreated by terraform init, or specific to this machine.
    private static readonly string[] LeftOut = [".terraform", "terraform.d"];

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Absolute path of the folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Deletes files of an earlier run, so that the folder only contains plans of this run.</summary>
    public void Begin()
    {
        Directory.CreateDirectory(Folder);
        foreach (string file in Directory.EnumerateFiles(Folder)
            .Where(file => Path.GetExtension(file) is ".tfplan" or ".md" or ".txt" || Path.GetFileName(file) == SummaryFile))
            File.Delete(file);
        if (Directory.Exists(StacksFolder))
            Directory.Delete(StacksFolder, recursive: true);
    }

    /// <summary>Moves a plan to the folder.</summary>
    /// <param name="session">Session that planned it.</param>
    /// <param name="plan">The plan.</param>
    public async Task AddAsync(DeploymentSession session, StackPlan plan)
    {
        string name = plan.Stack.Name;
        _texts[name] = await session.Terraform.TextAsync(plan.Stack.Path, plan.File);
        File.Move(plan.File, Path.Combine(Folder, PlanFile(name)), overwrite: true);
        Copy(plan.Stack.Path, StackFolderOf(name));
    }

    /// <summary>Writes the summaries.</summary>
    public async Task EndAsync(PlanSummary summary)
    {
        foreach ((string stack, string text) in _texts)
            await File.WriteAllTextAsync(Path.Combine(Folder, $"{stack}.txt"), text, context.Stopping);
        await File.WriteAllTextAsync(Path.Combine(Folder, PageFile), PlanMarkdown.Write(summary, _texts), context.Stopping);
        await File.WriteAllTextAsync(Path.Combine(Folder, SummaryFile), summary.ToJson() + "\n", context.Stopping);
        context.Reporter.Line(
            $"saved in {context.Checkout.Show(Folder)}; a plan may contain secrets: keep it private and delete it after it is applied");
    }

    /// <summary>Reads the summary that an earlier run has saved.</summary>
    public PlanSummary Read()
    {
        string file = Path.Combine(Folder, SummaryFile);
        try
        {
            return PlanSummary.Parse(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new OperationException(ExitCode.BadInput, $"no saved plans in {Folder}: {e.Message}", $"./infra plan --save {folder}", e);
        }
    }

    /// <summary>Absolute path of a stack's plan.</summary>
    public string PathOf(StackSummary stack) => Path.Combine(Folder, stack.Plan!);

    /// <summary>Name of the plan of a stack in the folder.</summary>
    public static string PlanFile(string stack) => $"{stack}.tfplan";

    /// <summary>Replaces the synthesized stack by the one that was planned.</summary>
    /// <returns>Whether the two differ.</returns>
    public bool Restore(StackFolder stack)
    {
        const string Synthesized = "cdk.tf.json";
        string saved = StackFolderOf(stack.Name);
        bool differs = File.ReadAllText(Path.Combine(saved, Synthesized)) != File.ReadAllText(Path.Combine(stack.Path, Synthesized));
        Copy(saved, stack.Path);
        return differs;
    }

    private string StacksFolder => Path.Combine(Folder, "stacks");

    private string StackFolderOf(string stack) => Path.Combine(StacksFolder, stack);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        foreach (string folder in Directory.EnumerateDirectories(from).Where(folder => !LeftOut.Contains(Path.GetFileName(folder))))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
