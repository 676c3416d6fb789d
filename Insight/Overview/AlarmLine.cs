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
        var map = ResourceMap.Of(stacks);
        Dictionary<MappedAddress, MappedResource> mapped = map.Resources.ToDictionary(resource => resource.Address);
        Dictionary<MappedAddress, StackElement> elements =
            (from stack in stacks from element in stack.Resources select (stack.Name, element))
                .ToDictionary(pair => new MappedAddress(pair.Name, pair.element.Address), pair => pair.element);
        ILookup<MappedAddress, MappedResource> eventTargets =
            (from target in map.Resources
             where target.Type == "aws_cloudwatch_event_target"
             from rule in target.DependsOn
             select (rule, target)).ToLookup(pair => pair.rule, pair => pair.target);
        return
        [
            .. from resource in map.Resources
               let element = elements[resource.Address]
               let source = SourceOf(element)
               where source is not null
               let topics = resource.DependsOn.Concat(eventTargets[resource.Address].SelectMany(target => target.DependsOn))
                   .Distinct().Select(address => mapped.GetValueOrDefault(address)).Where(target => target?.Type == "aws_sns_topic")
                   .Select(topic => topic!.Name ?? topic.Address.Address).ToArray()
               // Rules of EventBridge that notify nobody start something: they are no alarms.
               where topics.Length > 0 || resource.Type != "aws_cloudwatch_event_rule"
               select new AlarmLine(
                   resource.Name ?? element.Name, element.Text("alarm_description") ?? element.Text("description") ?? "", source, topics,
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
