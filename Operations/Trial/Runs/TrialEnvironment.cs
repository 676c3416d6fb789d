using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial.Runs;

/// <summary>The environment that a trial deploys: small, disposable, and without resources that no step uses.</summary>
internal static class TrialEnvironment
{
    public const string Project = "infratrial";

    public const string Name = "trial";

    /// <summary>Its service behind the load balancer.</summary>
    public const string Service = "web";

    /// <summary>Its service without a port.</summary>
    public const string Worker = "worker";

    /// <summary>Its bucket with data.</summary>
    public const string Bucket = "files";

    /// <summary>Ports of the trial's image: the service's first port, and the one that it is changed to.</summary>
    public const int FirstPort = 8080;

    public const int SecondPort = 8081;

    /// <summary>Region that backups are copied to.</summary>
    public static string CopyRegion(string region) => region == "us-west-2" ? "us-east-2" : "us-west-2";

    /// <summary>The environment file.</summary>
    /// <param name="account">Account.</param>
    /// <param name="region">Region.</param>
    /// <param name="onEmulator">Whether it is on the emulator.</param>
    /// <param name="steps">Names of the steps; resources that only skipped steps need are left out.</param>
    /// <param name="port">Port of the service.</param>
    public static string Json(string account, string region, bool onEmulator, IReadOnlyCollection<string> steps, int port)
    {
        var environment = new JObject
        {
            ["name"] = Name,
            ["project"] = Project,
            ["account"] = account,
            ["region"] = region,
            ["disposable"] = true,
            ["network"] = new JObject { ["flowLogs"] = false, ["nat"] = "single" },
            ["repositories"] = new JObject { [Service] = new JObject(), [Worker] = new JObject() },
            ["buckets"] = new JObject { [Bucket] = new JObject() },
            ["services"] = new JObject
            {
                [Service] = new JObject { ["port"] = port, ["desired"] = 1 },
                [Worker] = new JObject { ["desired"] = 1 },
            },
            ["smoke"] = new JArray(new JObject { ["name"] = Service, ["kind"] = "http", ["service"] = Service, ["seconds"] = 120 }),
            ["observability"] = new JObject { ["logRetentionDays"] = 1 },
        };
        if (onEmulator)
            environment["emulator"] = true;
        if (steps.Contains(Steps.DatabaseRestoreStep.StepName))
            environment["database"] = new JObject { ["name"] = "trial", ["user"] = "trial", ["backupDays"] = 1 };
        if (steps.Contains(Steps.BackupCopyStep.StepName))
            environment["backup"] = new JObject { ["retentionDays"] = 1, ["copyRegion"] = CopyRegion(region), ["copyRetentionDays"] = 1 };
        if (steps.Contains(Steps.SleepStep.StepName))
        {
            environment["schedule"] = new JObject
            {
                // Always awake, so that the steps do not depend on the time of day.
                ["timezone"] = "UTC",
                ["wake"] = "00:00",
                ["sleep"] = "23:59",
                ["days"] = new JArray("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
            };
        }

        return environment.ToString(Formatting.Indented);
    }
}
