namespace Infra.Constructs.Monitoring;

/// <summary>A CloudWatch metric with its dimensions and statistic.</summary>
/// <param name="Namespace">Namespace of the metric: <c>AWS/ECS</c>.</param>
/// <param name="Name">Name of the metric: <c>CPUUtilization</c>.</param>
/// <param name="Dimensions">Dimensions, in the order in which CloudWatch shows them.</param>
/// <param name="Statistic">How values of a period are aggregated: Average, Sum, Maximum, Minimum, p99.</param>
internal sealed record Metric(string Namespace, string Name, IReadOnlyDictionary<string, string> Dimensions, string Statistic);
