using Infra.Insight.Graph;

namespace Infra.Insight.Overview;

/// <summary>An alarm, or an event that is reported like one.</summary>
/// <param name="Name">Name in AWS.</param>
/// <param name="Description">When it is raised.</param>
/// <param name="Source">Metric, or the rule of EventBridge.</param>
/// <param name="Notifies">Topics that it is sent to.</param>
/// <param name="Address">Stack and address in Terraform.</param>
public sealed record AlarmLine(string Name, string Description, string Source, IReadOnlyList<string> Notifies, MappedAddress Address)
{
    public static IReadOnlyList<AlarmLine> Of(IReadOnlyList<StackJson> stacks)
    {
        var resources = new GraphResources(stacks);
        ILookup<MappedAddress, MappedResource> eventTargets =
            (from target in resources.All
             where target.Type == "aws_cloudwatch_event_target"
             from rule in target.DependsOn
             select (rule, target)).ToLookup(pair => pair.rule, pair => pair.target);
        return
        [
            .. from resource in resources.All
               let element = resources.Element(resource)
               let source = SourceOf(element)
               where source is not null
               let topics = resources.DependsOn(resource).Concat(eventTargets[resource.Address].SelectMany(resources.DependsOn))
                   .Where(target => target.Type == "aws_sns_topic").DistinctBy(topic => topic.Address)
                   .Select(topic => GraphBuilder.NameOf(resources, topic)).ToArray()
               // Rules of EventBridge that notify nobody start something: they are no alarms.
               where topics.Length > 0 || resource.Type != "aws_cloudwatch_event_rule"
               select new AlarmLine(
                   GraphBuilder.NameOf(resources, resource),
                   element.Text("alarm_description") ?? element.Text("description") ?? "",
                   source,
                   topics,
                   resource.Address),
        ];
    }

    private static string? SourceOf(StackElement element) => element.Type switch
    {
        "aws_cloudwatch_metric_alarm" => element.Text("metric_name") is { } metric
            ? $"{element.Text("namespace")} {metric}"
            : "expression of several metrics",
        "aws_cloudwatch_composite_alarm" => "other alarms",
        "aws_cloudwatch_event_rule" => "EventBridge event",
        _ => null,
    };
}
