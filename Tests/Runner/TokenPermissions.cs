using Infra.Tests.Workflows;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// Permissions of a job's token. A called workflow can only narrow those of its caller; GitHub does not start a run in which it asks for
/// more. https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations
/// </summary>
internal static class TokenPermissions
{
    private static readonly string[] Levels = ["none", "read", "write"];

    public static JObject Of(WorkflowFile file, Job job) => (job.Content["permissions"] ?? file.Content["permissions"]) as JObject ?? [];

    public static bool Have(JObject permissions, string scope, string level) =>
        Array.IndexOf(Levels, (string?)permissions[scope] ?? "none") >= Array.IndexOf(Levels, level);

    /// <exception cref="InvalidOperationException">A called workflow asks for more than its caller has.</exception>
    public static void Check(WorkflowRunner runner, WorkflowFile file, WorkflowSource source)
    {
        foreach (Job job in file.Jobs.Where(job => job.Uses is not null))
        {
            JObject allowed = Of(file, job);
            (WorkflowFile called, WorkflowSource from) = source.Called(runner, job.Uses!);
            var requests = called.Jobs.SelectMany(nested => Of(called, nested).Properties(), (nested, requested) => (nested.Id, requested));
            foreach ((string nested, JProperty requested) in requests.Where(
                each => !Have(allowed, each.requested.Name, (string)each.requested.Value!)))
                throw new InvalidOperationException(
                    $"{called.Name}: the job {nested} is requesting '{requested.Name}: {requested.Value}', but is only allowed "
                        + $"'{requested.Name}: {allowed[requested.Name] ?? "none"}' by {file.Name}");
            Check(runner, called, from);
        }
    }
}
