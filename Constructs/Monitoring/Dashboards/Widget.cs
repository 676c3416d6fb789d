using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Monitoring.Dashboards;

/// <summary>A widget of a dashboard.</summary>
internal abstract record Widget
{
    /// <summary>Widget type in CloudWatch.</summary>
    public abstract string Type { get; }

    /// <summary>Properties of the widget in CloudWatch.</summary>
    /// <param name="region">Region of the metrics.</param>
    public abstract JObject Properties(string region);
}

/// <param name="Markdown">Text.</param>
internal sealed record TextWidget(string Markdown) : Widget
{
    public override string Type => "text";

    public override JObject Properties(string region) => new() { ["markdown"] = Markdown };
}

/// <summary>The state of alarms, raised ones first.</summary>
/// <param name="Title">Heading.</param>
/// <param name="AlarmArns">The alarms, at most 100.</param>
internal sealed record AlarmsWidget(string Title, IReadOnlyList<string> AlarmArns) : Widget
{
    public override string Type => "alarm";

    public override JObject Properties(string region) => new()
    {
        ["title"] = Title,
        ["alarms"] = new JArray(AlarmArns),
        ["sortBy"] = "stateUpdatedTimestamp",
    };
}

/// <summary>Lines over time.</summary>
/// <param name="Title">Heading, with the unit.</param>
/// <param name="Lines">The lines.</param>
internal sealed record GraphWidget(string Title, params IReadOnlyList<Line> Lines) : Widget
{
    private const int PeriodSeconds = 60;

    public override string Type => "metric";

    /// <summary>Threshold of an alarm, drawn as a horizontal line; none without an alarm.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether values are percentages, so that the axis ends at 100.</summary>
    public bool Percent { get; init; }

    public override JObject Properties(string region)
    {
        var left = new JObject { ["min"] = 0 };
        if (Percent) left["max"] = 100;
        var properties = new JObject
        {
            ["title"] = Title,
            ["region"] = region,
            ["view"] = "timeSeries",
            ["period"] = PeriodSeconds,
            ["metrics"] = new JArray(Lines.Select(line => line.ToJson())),
            ["yAxis"] = new JObject { ["left"] = left },
        };
        if (Threshold is { } threshold)
            properties["annotations"] = new JObject
            {
                ["horizontal"] = new JArray(new JObject { ["label"] = "alarm", ["value"] = threshold }),
            };
        return properties;
    }
}

/// <param name="Label">Label in the legend.</param>
/// <param name="Metric">Metric of the line.</param>
internal sealed record Line(string Label, Metric Metric)
{
    internal JArray ToJson() =>
    [
        Metric.Namespace,
        Metric.Name,
        .. Metric.Dimensions.SelectMany(dimension => new JToken[] { dimension.Key, dimension.Value }),
        new JObject { ["label"] = Label, ["stat"] = Metric.Statistic },
    ];
}
