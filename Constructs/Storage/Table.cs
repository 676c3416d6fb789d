using Constructs;
using HashiCorp.Cdktf.Providers.Aws.DynamodbTable;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Storage;

/// <summary>A DynamoDB table with on-demand billing, encryption and point-in-time recovery for the last 35 days.</summary>
internal sealed class Table : Construct
{
    public Table(Construct scope, string id, TableProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string name = context.Names.Table(props.Name);
        Key partition = Key.Parse(props.Config.PartitionKey);
        Key? sort = props.Config.SortKey is { } sortKey ? Key.Parse(sortKey) : null;

        DynamodbTable = new DynamodbTable(this, "table", new DynamodbTableConfig
        {
            Name = name,
            BillingMode = "PAY_PER_REQUEST",
            HashKey = partition.Name,
            RangeKey = sort?.Name,
            Attribute = new[] { partition, sort }.OfType<Key>()
                .Select(key => new DynamodbTableAttribute { Name = key.Name, Type = key.Type }).ToArray(),
            Ttl = props.Config.TtlAttribute is { } ttl ? new DynamodbTableTtl { AttributeName = ttl, Enabled = true } : null,
            PointInTimeRecovery = new DynamodbTablePointInTimeRecovery { Enabled = true },
            ServerSideEncryption = new DynamodbTableServerSideEncryption { Enabled = true, KmsKeyArn = context.KeyArn },
            DeletionProtectionEnabled = !context.Disposable,
            Lifecycle = context.PreventDestroy(),
        }).Named(id);
        Outputs = new TableOutputs(name, context.Arn("dynamodb", $"table/{name}"));
    }

    public DynamodbTable DynamodbTable { get; }

    public TableOutputs Outputs { get; }

    private sealed record Key(string Name, string Type)
    {
        /// <exception cref="ArgumentException">It is not a name and a type.</exception>
        public static Key Parse(string text) => text.Split(':') is [var name, "S" or "N" or "B"] parts
            ? new Key(name, parts[1])
            : throw new ArgumentException($"key '{text}' is not a name and a type; write pk:S, pk:N or pk:B", nameof(text));
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name in the environment file: <c>sessions</c>.</param>
/// <param name="Config">Its settings from the environment file.</param>
internal sealed record TableProps(DeploymentContext Context, string Name, TableConfig Config);

/// <summary>Attributes of a table.</summary>
internal sealed record TableOutputs(string Name, string Arn);
