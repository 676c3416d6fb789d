using System.Reflection;
using System.Text.RegularExpressions;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Workflows;

/// <summary>docs/workflow-audits.md, and the audits in it that <see cref="WorkflowTests"/> does not check.</summary>
[TestFixture]
internal sealed partial class WorkflowAuditTests
{
    private static IEnumerable<WorkflowFile> Workflows => WorkflowFile.Workflows.Concat(WorkflowFile.Examples);

    private static IEnumerable<WorkflowFile> All => Workflows.Concat(WorkflowFile.Actions);

    private static string Page => File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs", "workflow-audits.md"));

    [Test]
    public void TestsThatThePageNames_Exist()
    {
        string[] tests = [.. TestName().Matches(Page).Select(name => name.Groups["name"].Value).Distinct()];

        Assert.That(tests, Has.Length.GreaterThan(10));
        Assert.That(
            tests,
            Is.SubsetOf(new[] { typeof(WorkflowTests), typeof(WorkflowAuditTests) }
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)).Select(method => method.Name)));
    }

    // By default setup-node restores npm's cache where package.json names npm as the package manager, also in jobs with a role.
    [TestCaseSource(nameof(All))]
    public void Node_IsSetUpWithoutACache(WorkflowFile file) => Assert.That(
        file.Steps.Where(step => Uses(step).StartsWith("actions/setup-node@", StringComparison.Ordinal)),
        Is.All.Matches<JObject>(step => (bool?)step["with"]?["package-manager-cache"] == false && step["with"]?["cache"] is null));

    [TestCaseSource(nameof(Workflows))]
    public void Jobs_RunOnMachinesOfGitHub_WithoutContainers(WorkflowFile file) => Assert.That(
        file.Jobs.Where(job => job.Uses is null),
        Is.All.Matches<Job>(job => ((string)job.Content["runs-on"]!).Contains("ubuntu-", StringComparison.Ordinal)
            && job.Content["container"] is null && job.Content["services"] is null));

    [TestCaseSource(nameof(All))]
    public void Scripts_WriteNoVariablesOfLaterSteps(WorkflowFile file) => Assert.That(
        file.Text, Does.Not.Contain("GITHUB_ENV").And.Not.Contain("GITHUB_PATH").And.Not.Contain("ACTIONS_ALLOW_UNSECURE_COMMANDS"));

    // A text around an expression, and a line break is one, makes a condition a string, which is always true.
    [TestCaseSource(nameof(All))]
    public void Conditions_AreEvaluated(WorkflowFile file) => Assert.That(
        file.Jobs.Select(job => (string?)job.Content["if"]).Concat(file.Steps.Select(step => (string?)step["if"])).OfType<string>(),
        Is.All.Matches<string>(condition => !condition.Contains("${{", StringComparison.Ordinal)));

    private static string Uses(JObject step) => (string?)step["uses"] ?? "";

    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z]+_[A-Za-z_]+)`")]
    private static partial Regex TestName();
}
