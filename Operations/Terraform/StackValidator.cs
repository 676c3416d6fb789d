using Infra.Operations.Output;
using Infra.Operations.Processes;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary><c>terraform validate</c> with the real provider's schema: without backend, account or credentials.</summary>
/// <remarks>
/// All stacks are validated in one run, as modules of one configuration: most of the time of a run is reading the provider's schema. The
/// modules' own backends are ignored, which Terraform reports as warnings.
/// </remarks>
internal sealed class StackValidator
{
    private const string BackendIgnored = "Backend configuration ignored";

    private readonly ProcessRunner _runner;
    private readonly TerraformBinary _terraform;
    private readonly ProviderLock _provider;
    private readonly string _folder;
    private readonly Dictionary<string, string?> _variables;

    private StackValidator(
        ProcessRunner runner, TerraformBinary terraform, ProviderLock provider, string workFolder, EnvironmentVariables variables)
    {
        _runner = runner;
        _terraform = terraform;
        _provider = provider;
        _folder = Path.Combine(workFolder, "validate", "all");
        string configuration = CliConfiguration.Choose(
            workFolder, variables[CliConfiguration.Variable], TerraformSetup.Mirror(provider, variables), provider.Source);
        _variables = TerraformSetup.Variables(configuration, emulator: null, profile: null, variables.Names);
    }

    /// <param name="runner">Starts Terraform.</param>
    /// <param name="root">Root of the checkout with the lock file.</param>
    /// <param name="workFolder">Folder for the CLI configuration and Terraform's data.</param>
    /// <param name="variables">Environment variables.</param>
    public static async Task<StackValidator> CreateAsync(
        ProcessRunner runner, string root, string workFolder, EnvironmentVariables variables) => new(
        runner,
        await TerraformBinary.FindAsync(runner, variables[TerraformBinary.Variable]),
        ProviderLock.Read(root),
        workFolder,
        variables);

    /// <summary>Diagnostics of each stack of each output folder: errors and warnings, one line each.</summary>
    /// <exception cref="OperationException">Terraform cannot read one of the stacks, or has no provider.</exception>
    public async Task<IReadOnlyDictionary<(string OutDir, string Stack), IReadOnlyList<string>>> RunAsync(IEnumerable<string> outDirs)
    {
        (string OutDir, StackFolder Stack)[] stacks =
        [
            .. from outDir in outDirs
               from stack in StackFolder.Names(outDir)
               select (outDir, StackFolder.Open(outDir, stack)),
        ];
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "main.tf.json"), Configuration([.. stacks.Select(stack => stack.Stack)]).ToString());
        _provider.CopyInto(_folder);
        ProcessResult init = await _runner.RunAsync(new ProcessRequest(
            _terraform.Path, "init", "-backend=false", "-input=false", "-no-color")
        {
            WorkingDirectory = _folder,
            Variables = _variables,
        });
        if (init.ExitCode != 0)
            throw OperationException.Failed("terraform init failed", $"{init.Error}{init.Output}".Trim());
        JToken[] diagnostics = [.. await ValidateAsync()];
        ILookup<int, string> byStack = diagnostics.Where(diagnostic => (string?)diagnostic["summary"] != BackendIgnored)
            .ToLookup(diagnostic =>
                Enumerable.Range(0, stacks.Length).FirstOrDefault(index => IsAbout(diagnostic, stacks[index].Stack, index), -1), Describe);
        // A diagnostic that is about no stack counts for all of them.
        return stacks.Select((stack, index) => (stack, index)).ToDictionary(
            each => (each.stack.OutDir, each.stack.Stack.Name),
            each => (IReadOnlyList<string>)[.. byStack[each.index], .. byStack[-1]]);
    }

    // Variables without a value make the values of the modules' variables unknown, as they are when a stack is validated separately.
    private JObject Configuration(StackFolder[] stacks)
    {
        var modules = new JObject(stacks.Select((stack, index) => new JProperty(Name(index), new JObject(
            RequiredVariables.Of(stack.Json).Select(variable => new JProperty(variable.Name, $"${{var.{variable.Name}}}"))
                .Prepend(new JProperty("source", RelativePath(stack)))))));
        var variables =
            new JObject(stacks.SelectMany(stack => RequiredVariables.Of(stack.Json)).Select(variable => variable.Name).Distinct()
            .Select(name => new JProperty(name, new JObject())));
        // Terraform rejects an empty block.
        return new JObject(
            new[] { new JProperty("module", modules), new JProperty("variable", variables) }.Where(block => block.Value.HasValues));
    }

    /// <summary>Whether a diagnostic is about a stack: it is in the stack's file, or at the module block of the stack.</summary>
    private bool IsAbout(JToken diagnostic, StackFolder stack, int index) =>
        (string?)diagnostic.SelectToken("range.filename") is { } file
            && Path.GetFullPath(file, _folder) == Path.Combine(stack.Path, "cdk.tf.json")
        || $"{Place(diagnostic)}.".StartsWith($"module.{Name(index)}.", StringComparison.Ordinal);

    private static string Describe(JToken diagnostic)
    {
        string[] place = Place(diagnostic).Split('.');
        string address = string.Join('.', place[0] == "module" ? place[2..] : place);
        return $"{diagnostic["severity"]}: {address} {diagnostic["summary"]}: {diagnostic["detail"]}";
    }

    private static string Place(JToken diagnostic) => $"{diagnostic["address"] ?? diagnostic["snippet"]?["context"]}";

    private static string Name(int index) => $"stack{index}";

    // Terraform takes only paths that start with a dot as local, and copies all others.
    private string RelativePath(StackFolder stack)
    {
        string path = Path.GetRelativePath(_folder, stack.Path).Replace('\\', '/');
        return path.StartsWith('.') ? path : $"./{path}";
    }

    private async Task<JToken> ValidateAsync()
    {
        // Otherwise one for each configuration of the provider (region, alias) in each stack.
        await using RunningProvider provider = await RunningProvider.StartAsync(_runner, _folder, _provider, _variables);
        ProcessResult result = await _runner.RunAsync(new ProcessRequest(_terraform.Path, "validate", "-json")
        {
            WorkingDirectory = _folder,
            Variables = new Dictionary<string, string?>(_variables) { ["TF_REATTACH_PROVIDERS"] = provider.Address },
        });
        return JObject.Parse(result.Output)["diagnostics"]!;
    }
}
