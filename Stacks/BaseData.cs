using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Databases;
using Infra.Constructs.Messaging;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>Part of the base stack: buckets, tables, queues and databases.</summary>
internal sealed class BaseData
{
    private readonly BaseScope _scope;

    public BaseData(BaseScope scope, BaseNetwork? network, BaseMonitoring monitoring)
    {
        _scope = scope;
        Buckets = ByName.Each(scope.Config.Buckets, (name, bucket) =>
            new DataBucket(scope.Stack, $"bucket-{name}", new DataBucketProps(scope.Context, name, bucket, monitoring.AccessLogs)).Outputs);
        Tables = ByName.Each(scope.Config.Tables, (name, table) =>
            new Table(scope.Stack, $"table-{name}", new TableProps(scope.Context, name, table)).Outputs);
        Queues = ByName.Each(scope.Config.Queues, (name, queue) => new MessageQueue(
            scope.Stack, $"queue-{name}", new MessageQueueProps(scope.Context, name, queue, monitoring.Alerts)).Outputs);
        Databases = network is null
            ? []
            : [.. AllDatabases.Of(scope.Config).Select(database => Database(database.Name, database.Config, network, monitoring))];
    }

    public IReadOnlyDictionary<string, BucketOutputs> Buckets { get; }

    public IReadOnlyDictionary<string, TableOutputs> Tables { get; }

    public IReadOnlyDictionary<string, QueueOutputs> Queues { get; }

    /// <summary>Databases in the order of <see cref="AllDatabases"/>.</summary>
    public IReadOnlyList<PostgresDatabase> Databases { get; }

    /// <summary>ARNs of buckets, tables and databases, for backups.</summary>
    public IEnumerable<string> Arns =>
    [
        .. Buckets.Values.Select(bucket => bucket.Arn),
        .. Tables.Values.Select(table => table.Arn),
        .. Databases.Select(database => database.Outputs.Arn),
    ];

    /// <summary>Outputs for operators.</summary>
    public void WriteOutputs()
    {
        foreach (DatabaseOutputs database in Databases.Select(database => database.Outputs))
            _scope.Stack.Output(database.DatabaseName.HostOutput,
                $"Host of {database.DatabaseName.DisplayName}, port 5432, reached from tasks alone.", database.Host);
    }

    private PostgresDatabase Database(DatabaseName name, DatabaseConfig config, BaseNetwork network, BaseMonitoring monitoring)
    {
        var database = new PostgresDatabase(_scope.Stack, name.Name is null ? "database" : $"db-{name.Name}", new PostgresDatabaseProps
        {
            Context = _scope.Context,
            Name = name,
            Config = config,
            Placement = network.PlacementOf(name),
            LogRetentionDays = _scope.LogRetentionDays,
        });
        new DatabaseAlarms(_scope.Stack, name.Name is null ? "database-alarms" : $"alarms-db-{name.Name}", new DatabaseAlarmsProps
        {
            Context = _scope.Context,
            Database = database.Outputs,
            StorageGiB = config.StorageGiB,
            Config = _scope.Config.Observability,
            Topic = monitoring.Alerts,
        });
        return database;
    }
}
