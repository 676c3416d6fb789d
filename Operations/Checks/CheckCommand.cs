using Infra.Configuration.Findings;
using Infra.Insight;
using Infra.Operations.Findings;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Infra.Policies;
using Infra.Policies.Rules;

namespace Infra.Operations.Checks;

/// <summary>
/// The check command: reports findings in the IAM policies of environments from their synthesized JSON; needs no account.
/// </summary>
internal static class CheckCommand
{
    /// <summary>Width at which lines are wrapped: the default width of a terminal.</summary>
    private const int Columns = 80;

    private const string NoSid = "the whole policy";

    /// <param name="context">Context of the run.</param>
    /// <param name="chosen">One environment; null means all.</param>
    /// <param name="from">Folder with synthesized stacks, of this or another project; null means to synthesize the environments.</param>
    /// <param name="sarif">File for the findings as SARIF; null for none.</param>
    public static ExitCode Run(RunContext context, string? chosen, string? from, string? sarif)
    {
        var findings = new List<Finding>();
        IReadOnlyList<FindingsException> invalid = [];
        bool passed = true;
        if (from is not null)
            Check(from, Read(from), stack => Path.GetFullPath(Path.Combine(from, "stacks", stack, "cdk.tf.json")));
        else
            invalid = EnvironmentLoader.ForEach(context, chosen, findings, (_, environment) => Check(
                $"{environment.Config.Project} {environment.Config.Name}",
                StackJson.ReadAll(Synthesizer.RunFor(context, environment, "check")),
                _ => environment.File));

        FindingReport.Publish(context, "check", findings, sarif);
        FindingsException.ThrowIfAny(invalid);
        return passed ? ExitCode.Ok : ExitCode.Failed;

        void Check(string title, IReadOnlyList<StackJson> stacks, Func<string, string> file)
        {
            PolicyReport report = StaticChecks.Policies(context.Checkout, stacks);
            foreach (string line in Text(title, report))
                context.Reporter.Line(line);
            findings.AddRange(report.Findings.Select(finding => PolicyFindings.Of(finding, file(finding.Stack))));
            passed &= report.Findings.Count == 0;
        }
    }

    /// <summary>The report as text: findings by resource, then one summary line.</summary>
    internal static IEnumerable<string> Text(string title, PolicyReport report)
    {
        foreach (IGrouping<(string Stack, string Address),
            PolicyFinding> resource in report.Findings.GroupBy(finding => (finding.Stack, finding.Address)))
        {
            yield return $"{resource.Key.Stack} {resource.Key.Address}";
            foreach (PolicyFinding finding in resource)
            {
                yield return $"  {finding.Sid ?? NoSid} ({finding.Rule})";
                foreach (
                    (string name, string text) in new[] { ("wrong", finding.Wrong), ("allowed", finding.Allowed), ("fix", finding.Fix) })
                {
                    string label = $"    {name,-9}";
                    foreach (string line in Wrapped(text, Columns - label.Length))
                    {
                        yield return label + line;
                        label = new string(' ', label.Length);
                    }
                }
            }

            yield return "";
        }

        string suppressed = report.Suppressed.Count == 0 ? "" : $", {report.Suppressed.Count} suppressed with a reason";
        yield return $"{title}: {report.Policies} policies, {report.Statements} statements, {report.Findings.Count} findings{suppressed}";
    }

    private static IReadOnlyList<StackJson> Read(string folder) => Directory.Exists(Path.Combine(folder, "stacks"))
        ? StackJson.ReadAll(folder)
        : throw OperationException.BadInput($"{folder} has no synthesized stacks",
            "pass a folder that cdktf or ./infra synth has written, with stacks/STACK/cdk.tf.json in it");

    // A word that is longer than a line, such as an ARN, is not split, so that it can be copied.
    private static IEnumerable<string> Wrapped(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
