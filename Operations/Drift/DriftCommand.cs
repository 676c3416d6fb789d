using Infra.Insight;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Drift;

/// <summary>Detects changes that were made outside Terraform; changes nothing, and takes no lock.</summary>
internal sealed class DriftCommand(RunContext context, SessionOptions options)
{
    // Refreshing these reads a secret, which the plan role may not: a secret value, a client secret, an identity provider's secret.
    private static readonly string[] SecretTypes =
        ["aws_cognito_identity_provider", "aws_cognito_user_pool_client", "aws_secretsmanager_secret_version"];

    /// <param name="named">Stacks.</param>
    /// <param name="report">
    /// Folder for a Markdown report of each stack that has drifted, and <c>drift.json</c>; null means no report.
    /// </param>
    /// <param name="readOnly">Whether to leave out resources that can only be refreshed by reading a secret.</param>
    public async Task<ExitCode> RunAsync(IReadOnlyCollection<string> named, string? report, bool readOnly)
    {
        IReadOnlyList<string> stacks = StackOrder.ForDeploy(named);
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "drift");
        string? commit = await Commit.OfAsync(context);
        var found = new List<StackDrift>();
        foreach (string name in stacks)
        {
            StackFolder stack = session.Stack(name);
            if (await session.State.ResourceCountAsync(stack.StateKey, context.Stopping) is 0)
            {
                context.Reporter.Line($"{name}: not deployed");
                continue;
            }

            StackDrift drift = await LookAsync(session, stack, readOnly);
            Show(drift);
            found.Add(drift);
        }

        JObject summary = Summary(session.Environment.Config.Name, found);
        if (report is not null)
            await WriteAsync(report, session.Environment.Config.Name, stacks, found, commit, summary);
        context.Report(summary);
        return found.Any(drift => drift.HasDrifted) ? ExitCode.Changes : ExitCode.Ok;
    }

    private async Task<StackDrift> LookAsync(DeploymentSession session, StackFolder stack, bool readOnly)
    {
        context.Reporter.Step($"{stack.Name}: drift");
        if (RequiredVariables.Unset(stack.Json, context.Variables).Count > 0)
            stack.AddPlaceholders(context.Variables);
        await session.Terraform.InitAsync(stack.Path);
        string file = Path.Combine(session.Plans, $"{stack.Name}.drift.tfplan");
        var mode = new PlanMode { Lock = false, Targets = readOnly ? await WithoutSecretsAsync(session, stack) : [] };
        try
        {
            await session.Terraform.PlanAsync(stack.Path, file, mode, () => Task.FromResult<string?>(null));
            return StackDrift.Of(stack.Name, await session.Terraform.ContentsAsync(stack.Path, file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>All resources, deployed or only configured, except those that cannot be refreshed without reading a secret.</summary>
    private async Task<IReadOnlyList<string>> WithoutSecretsAsync(DeploymentSession session, StackFolder stack)
    {
        IEnumerable<string> deployed = await session.State.AddressesAsync(stack.StateKey, context.Stopping);
        (IReadOnlyList<string> looked, IReadOnlyList<string> left) = WithoutSecrets(deployed, stack.Json);
        if (left.Count > 0)
            context.Reporter.Line($"  not checked, because that would read a secret: {string.Join(", ", left)}");
        return looked;
    }

    /// <summary>
    /// Divides addresses into those that are checked, and those whose refresh, or that of a resource that they refer to, reads a secret.
    /// </summary>
    /// <remarks>
    /// The provider reads every <c>aws_ssm_parameter</c> with decryption, also one with a write-only value:
    /// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ssm/parameter.go
    /// </remarks>
    internal static (IReadOnlyList<string> Looked, IReadOnlyList<string> Left) WithoutSecrets(IEnumerable<string> deployed, JObject json)
    {
        var stack = new StackJson("", json);
        string[] all =
        [
            .. deployed.Concat(stack.Resources.Select(resource => resource.Address)).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        HashSet<string> left = [.. all.Where(address => IsSecret(stack, address))];
        // Terraform also refreshes resources that a -target refers to.
        for (string[] more = [.. left]; more.Length > 0;)
        {
            more = [.. Dependents(stack, left).Except(left)];
            left.UnionWith(more);
        }

        ILookup<bool, string> parted = all.ToLookup(left.Contains);
        return ([.. parted[false]], [.. parted[true]]);
    }

    private static bool IsSecret(StackJson stack, string address) =>
        SecretTypes.Contains(address.Split('.')[0])
        || (address.StartsWith("aws_ssm_parameter.", StringComparison.Ordinal) && stack.Find(address)?.Text("type") == "SecureString");

    private static IEnumerable<string> Dependents(StackJson stack, HashSet<string> addresses) =>
        from resource in stack.Resources
        where stack.ReferencesOf(resource.Arguments).Any(reference => addresses.Contains(reference.Address))
        select resource.Address;

    private void Show(StackDrift drift)
    {
        Reporter reporter = context.Reporter;
        foreach (ResourceChange change in drift.Outside)
            reporter.Warn($"  changed outside Terraform: {change.Address} {Describe(change)}");
        foreach (ResourceChange change in drift.Unapplied)
            reporter.Line($"  not applied yet: {change.Address} {Describe(change)}");
        reporter.Line($"  {DriftMarkdown.Headline(drift)}");
    }

    private static string Describe(ResourceChange change) =>
        change.Attributes.Count == 0
            ? DriftMarkdown.Whole(change.Action)
            : $"({string.Join(", ", change.Attributes.Select(attribute => attribute.Attribute).Distinct())})";

    private static JObject Summary(string environment, IReadOnlyList<StackDrift> found) => new()
    {
        ["environment"] = environment,
        ["drifted"] = found.Any(drift => drift.HasDrifted),
        ["stacks"] = new JArray(found.Select(drift => new JObject
        {
            ["stack"] = drift.Stack,
            ["drifted"] = drift.HasDrifted,
            ["outside"] = new JArray(drift.Outside.Select(change => change.Address)),
            ["unapplied"] = new JArray(drift.Unapplied.Select(change => change.Address)),
        })),
    };

    /// <summary>Workflows treat a report file as drift, so files of earlier runs are deleted.</summary>
    private async Task WriteAsync(
        string folder, string environment, IReadOnlyList<string> stacks, IReadOnlyList<StackDrift> found, string? commit,
        JObject summary)
    {
        string path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path);
        foreach (string stack in stacks)
            File.Delete(Page(stack));
        foreach (StackDrift drift in found.Where(drift => drift.HasDrifted))
            await File.WriteAllTextAsync(Page(drift.Stack), DriftMarkdown.Write(environment, drift, commit), context.Stopping);
        await File.WriteAllTextAsync(Path.Combine(path, "drift.json"), summary.ToString(Formatting.Indented) + "\n", context.Stopping);
        context.Reporter.Line($"report in {context.Checkout.Show(path)}");

        string Page(string stack) => Path.Combine(path, $"{stack}.md");
    }
}
