using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.GitHub;

/// <summary>
/// Starts a workflow on the branches that deploy environments, except the one that runs. A schedule triggers only on the default branch,
/// whose jobs can neither use the GitHub environment of another branch nor assume its roles; a job's own token may dispatch workflows:
/// https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow
/// </summary>
internal sealed class WorkflowDispatch(RunContext context, GitHubApi github)
{
    private const string RefName = "GITHUB_REF_NAME";

    /// <param name="environments">Environments that workflows deploy.</param>
    /// <param name="workflow">File name of the workflow.</param>
    /// <param name="inputs">Its inputs.</param>
    public async Task<ExitCode> RunAsync(IReadOnlyList<DeployableEnvironment> environments, string workflow, JObject inputs)
    {
        string current = context.Variables[RefName] is { Length: > 0 } branch
            ? branch
            : throw OperationException.BadInput($"{RefName} is not set", "it is the branch of the job; GitHub Actions sets it");
        string[] others =
            [.. environments.Select(environment => environment.Branch).Where(other => other != current).Distinct(StringComparer.Ordinal)];
        foreach (string other in others)
        {
            await github.SendAsync(
                HttpMethod.Post, $"actions/workflows/{Uri.EscapeDataString(workflow)}/dispatches",
                new JObject { ["ref"] = other, ["inputs"] = inputs.DeepClone() }, context.Stopping);
            context.Reporter.Line($"{workflow}: started on {other}");
        }

        if (others.Length == 0)
            context.Reporter.Line($"{workflow}: {current} is the only branch that deploys environments");
        return ExitCode.Ok;
    }
}
