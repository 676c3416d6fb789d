using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Monitoring.Dashboards;

/// <summary>
/// Content of a CloudWatch dashboard, row by row; the widgets of a row share its width evenly.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
/// </summary>
/// <param name="Region">Region of the metrics.</param>
/// <param name="Rows">Rows, from the top.</param>
internal sealed record DashboardBody(string Region, IReadOnlyList<DashboardRow> Rows)
{
    /// <summary>Columns of CloudWatch's dashboard grid.</summary>
    private const int Columns = 24;

    public string ToJson()
    {
        var widgets = new JArray();
        int y = 0;
        foreach (DashboardRow row in Rows)
        {
            int width = Columns / row.Widgets.Count;
            for (int i = 0; i < row.Widgets.Count; i++)
                widgets.Add(new JObject
                {
                    ["type"] = row.Widgets[i].Type,
                    ["x"] = i * width,
                    ["y"] = y,
                    ["width"] = width,
                    ["height"] = row.Height,
                    ["properties"] = row.Widgets[i].Properties(Region),
                });
            y += row.Height;
        }
        return new JObject { ["widgets"] = widgets }.ToString(Formatting.None);
    }
}

/// <param name="Height">Height in CloudWatch's units, 1 to 1000.</param>
/// <param name="Widgets">From the left; one to four.</param>
internal sealed record DashboardRow(int Height, params IReadOnlyList<Widget> Widgets);
