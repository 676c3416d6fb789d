using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Naming;

namespace Infra.Constructs.Databases;

/// <summary>Alarms of a database: high CPU, low storage, many connections.</summary>
internal sealed class DatabaseAlarms : Construct
{
    private const int PeriodSeconds = 300;

    public DatabaseAlarms(Construct scope, string id, DatabaseAlarmsProps props) : base(scope, id)
    {
        ObservabilityConfig config = props.Config;
        DatabaseName name = props.Database.DatabaseName;
        var alarms = new Alarms(this, props.Context, props.Topic.Arn);
        // Missing data counts as a breach: a database without metrics is not known to be healthy.
        void Add(string what, string description, string metric, string statistic, double threshold, int periods, bool below = false) =>
            alarms.Add(
            $"{id}_{what}", PurposeOf(name, what), description,
            new AlarmRule(Metrics.Database(props.Database.Identifier, metric, statistic), threshold, periods,
                PeriodSeconds)
            { MissingData = "missing", Below = below });

        Add("cpu", $"CPU of {name.DisplayName} above {config.CpuPercent} % for 10 minutes", "CPUUtilization", "Average", config.CpuPercent,
            2);
        Add("storage", $"Less than {config.FreeStoragePercent} % of the storage of {name.DisplayName} is free", "FreeStorageSpace",
            "Minimum",
            Math.Floor(props.StorageGiB * (config.FreeStoragePercent / 100.0) * 1024 * 1024 * 1024), 1, below: true);
        Add("connections", $"More than {config.DatabaseConnections} connections to {name.DisplayName} for 10 minutes",
            "DatabaseConnections", "Maximum",
            config.DatabaseConnections, 2);
    }

    /// <summary>Purposes of a database's alarms.</summary>
    public static IEnumerable<string> Purposes(DatabaseName name) =>
        new[] { "cpu", "storage", "connections" }.Select(what => PurposeOf(name, what));

    private static string PurposeOf(DatabaseName name, string what) => $"{name.Purpose}-{what}";
}

internal sealed record DatabaseAlarmsProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Database that is monitored.</summary>
    public required DatabaseOutputs Database { get; init; }

    /// <summary>Its allocated storage.</summary>
    public required int StorageGiB { get; init; }

    /// <summary>Thresholds.</summary>
    public required ObservabilityConfig Config { get; init; }

    /// <summary>Topic that is notified.</summary>
    public required AlertTopicOutputs Topic { get; init; }
}
