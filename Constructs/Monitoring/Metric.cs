namespace Infra.Constructs.Monitoring;

/// <summary>One time series of CloudWatch.</summary>
/// <param name="Namespace">Service that measures it: <c>AWS/ECS</c>.</param>
/// <param name="Name">Name of the metric: <c>CPUUtilization</c>.</param>
/// <param name="Dimensions">What it is measured of, in the order in which CloudWatch shows it.</param>
/// <param name="Statistic">How values of a period become one: Average, Sum, Maximum, Minimum, p99.</param>
internal sealed record Metric(string Namespace, string Name, IReadOnlyDictionary<string, string> Dimensions, string Statistic);
