using Newtonsoft.Json.Linq;

namespace Infra.Tests.Emulator;

/// <summary>
/// Settings that change on a running environment: Terraform updates most of the affected resources in place, with actions that neither a
/// first deployment nor a removal needs.
/// </summary>
internal static class EnvironmentChanges
{
    private static readonly Dictionary<string, (string Path, string Value)[]> Settings = new(StringComparer.Ordinal)
    {
        ["environments/local.json"] =
        [
            ("services.backend.memoryMiB", "2048"),
            ("services.backend.autoscaling.max", "6"),
            ("services.backend.jobs.clean-up.command", """["clean-up", "--older-than", "60d"]"""),
            ("services.backend.jobs.clean-up.schedule", "\"cron(0 4 * * ? *)\""),
            ("repositories.worker.keepImages", "6"),
            ("buckets.reports.expireAfterDays", "400"),
            ("buckets.files.corsOrigins", """["https://app.local.example.com", "https://other.example.com"]"""),
            ("database.maxStorageGiB", "60"),
            ("identity.callbackUrls", """["https://app.local.example.com/other"]"""),
            ("parameters.features", "\"search\""),
            ("secrets.partner-key.description", "\"Key of the partner\""),
            ("observability.logRetentionDays", "14"),
            ("network.flowLogs", "false"),
        ],
        ["examples/tap/poc.json"] =
        [
            ("services.backend.deregistrationDelaySeconds", "20"),
            ("services.backend.healthPath", "\"/health/live\""),
            ("sites.spa.priceClass", "\"PriceClass_200\""),
            ("database.backupDays", "8"),
            ("identity.scopes", """["openid", "email"]"""),
            ("observability.cpuPercent", "70"),
            ("observability.alertEmails", """["other@example.com"]"""),
        ],
        ["examples/durable-code/dev.json"] =
        [
            ("services.frontend.memoryMiB", "1024"),
            ("services.frontend.healthGraceSeconds", "90"),
            ("services.backend.autoscaling.schedules.evening.min", "2"),
            ("schedule.wake", "\"07:00\""),
            ("observability.containerInsights", "\"enhanced\""),
            ("observability.slack.channelId", "\"C07EZ1ABC99\""),
            ("security.waf.rateLimit", "3000"),
            ("security.waf.denyCidrs", """["198.51.100.0/24", "203.0.113.0/24"]"""),
            ("backup.retentionDays", "42"),
            ("budget.monthlyUsd", "70"),
        ],
    };

    /// <summary>Changes the settings of an environment file, and its tags: those of its own are removed, one is added.</summary>
    public static Action<JObject> Of(string file) => environment =>
    {
        foreach ((string path, string value) in Settings[file])
        {
            string[] parts = path.Split('.');
            JObject section = parts[..^1].Aggregate(environment, (json, part) => (JObject)json[part]!);
            section[parts[^1]] = JToken.Parse(value);
        }

        environment["tags"] = new JObject { ["CostCenter"] = "4711" };
    };
}
