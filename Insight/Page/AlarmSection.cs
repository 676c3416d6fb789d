using System.Xml.Linq;

namespace Infra.Insight.Page;

/// <summary>Alarms, and who is notified.</summary>
internal static class AlarmSection
{
    public static XElement Of(EnvironmentReport report) => Html.Section(
        "alarms",
        "Alarms",
        Html.Table(
            "Alarms and events that notify people",
            ["name", "raised when", "metric or event", "topic"],
            report.Alarms.Select(alarm => new object[]
            {
                alarm.Name, alarm.Description, alarm.Source, alarm.Notifies.Count == 0 ? "none" : string.Join(", ", alarm.Notifies),
            })));
}
