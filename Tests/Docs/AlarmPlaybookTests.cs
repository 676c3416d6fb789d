using System.Text.RegularExpressions;
using Infra.Configuration;
using Infra.Naming;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>docs/operations-manual.md has a section for every alarm and notification that the platform creates, and for no other.</summary>
[Property("Row", "D-L5"), Property("Row", "D12")]
internal sealed partial class AlarmPlaybookTests
{
    // Resources that send notifications, and the argument with their name.
    private static readonly Dictionary<string, string> Notifying = new()
    {
        ["aws_cloudwatch_metric_alarm"] = "alarm_name",
        ["aws_cloudwatch_event_rule"] = "name",
    };

    [Test]
    public void Sections_AreTheAlarmsOfAllExamples()
    {
        LoadedEnvironment guarded = EnvironmentFile.Load("Tests/Emulator/Environments/guarded.json", Checkout.Find().Root).Environment!;
        IEnumerable<string> alarms = Example.WithPipelines.SelectMany(example => Alarms(example.Environment, example.Deployment))
            .Concat(Alarms(guarded, SynthesizedDeployment.Of(guarded)));

        string playbooks = MarkdownPages.Read("docs/operations-manual.md").Split("\n## Playbooks by alarm\n")[1].Split("\n## ")[0];

        Assert.That(Heading().Matches(playbooks).Select(match => match.Groups[1].Value), Is.EquivalentTo(alarms.Distinct()));
    }

    [Test]
    public void EverySection_SaysWhatToDo()
    {
        string playbooks = MarkdownPages.Read("docs/operations-manual.md").Split("\n## Playbooks by alarm\n")[1].Split("\n## ")[0];
        Assert.That(
            playbooks.Split("\n### ")[1..].Where(section => section.Split('\n', 3)[2].Trim().Length < 100)
                .Select(section => section.Split('\n')[0]),
            Is.Empty);
    }

    /// <summary>Names without the environment's prefix; those of services and queues with a placeholder.</summary>
    private static IEnumerable<string> Alarms(LoadedEnvironment environment, SynthesizedDeployment deployment)
    {
        string prefix = environment.Names.For(NameRule.Alarm, "x")[..^1];
        IEnumerable<string> alarms =
            from stack in deployment.Stacks.Values
            from notifying in Notifying
            from resource in (stack.Json.SelectToken($"resource.{notifying.Key}") as JObject ?? []).Properties()
            where resource.Name != "//"
            let name = ((string)resource.Value[notifying.Value]!)[prefix.Length..]
            let service = environment.Config.Services.Keys.FirstOrDefault(each => name.StartsWith($"{each}-", StringComparison.Ordinal))
            let queue = environment.Config.Queues.Keys.FirstOrDefault(each => name.StartsWith($"queue-{each}-", StringComparison.Ordinal))
            select queue is not null ? $"queue-{{queue}}{name[$"queue-{queue}".Length..]}"
                : service is not null ? $"{{service}}{name[service.Length..]}"
                : name;
        // Its name can be set.
        return environment.Config.Budget is null ? alarms : alarms.Append("budget");
    }

    [GeneratedRegex("(?m)^### (.+)$")]
    private static partial Regex Heading();
}
