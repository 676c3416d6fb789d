using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.DbInstance;
using HashiCorp.Cdktf.Providers.Aws.DbParameterGroup;
using HashiCorp.Cdktf.Providers.Aws.DbSubnetGroup;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Naming;

namespace Infra.Constructs.Databases;

/// <summary>RDS for PostgreSQL: encrypted, in private subnets, TLS only, with a master password that AWS manages and rotates.</summary>
internal sealed class PostgresDatabase : Construct
{
    /// <summary>Master user, for migrations and administration; not one of the commonly guessed names.</summary>
    public const string MasterUser = "administrator";

    public const int Port = 5432;

    private static readonly string[] ExportedLogs = ["postgresql", "upgrade"];

    /// <summary>Identifier of a database's RDS instance.</summary>
    public static string IdentifierOf(DeploymentContext context, DatabaseName name) => context.Names.Database(name.Purpose);

    /// <exception cref="ArgumentException">The props contradict each other.</exception>
    public PostgresDatabase(Construct scope, string id, PostgresDatabaseProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        DatabaseConfig config = props.Config;
        Check(props);
        string identifier = IdentifierOf(context, props.Name);

        DbSubnetGroup subnets = new DbSubnetGroup(this, "subnets", new DbSubnetGroupConfig
        {
            Name = identifier,
            Description = $"Private subnets of {props.Name.DisplayName}",
            SubnetIds = [.. props.Placement.SubnetIds],
        }).Named($"{id}_subnets");

        // Created by Terraform first: RDS would create them automatically, without a retention period.
        ITerraformDependable[] logGroups =
        [
            .. ExportedLogs.Select(log => new LogGroup(this, $"{id}_log_{log}", new LogGroupProps(
                context, $"/aws/rds/instance/{identifier}/{log}", props.LogRetentionDays)).Group),
        ];

        Instance = new DbInstance(this, "instance", new DbInstanceConfig
        {
            Identifier = identifier,
            Engine = "postgres",
            // The major version only: minor versions are upgraded automatically, and no plan downgrades them.
            EngineVersion = config.Version,
            AutoMinorVersionUpgrade = true,
            AllowMajorVersionUpgrade = config.AllowMajorVersionUpgrade ? true : null,
            // Extended Support is on unless it is turned off when the instance is created, and is charged per vCPU and hour.
            // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
            EngineLifecycleSupport = config.ExtendedSupport
                ? "open-source-rds-extended-support"
                : "open-source-rds-extended-support-disabled",
            InstanceClass = config.InstanceClass,
            MultiAz = config.MultiAz ?? context.Production,
            DbName = config.Name,
            Port = Port,

            StorageType = "gp3",
            AllocatedStorage = config.StorageGiB,
            MaxAllocatedStorage = config.MaxStorageGiB,
            StorageEncrypted = true,
            KmsKeyId = context.KeyArn,

            DbSubnetGroupName = subnets.Name,
            VpcSecurityGroupIds = [props.Placement.SecurityGroupId],
            PubliclyAccessible = false,
            ParameterGroupName = ParameterGroup(id, identifier, config).Name,

            Username = MasterUser,
            // Secrets Manager creates it and rotates it every seven days.
            ManageMasterUserPassword = true,
            MasterUserSecretKmsKeyId = context.KeyArn,
            IamDatabaseAuthenticationEnabled = true,

            BackupRetentionPeriod = config.BackupDays,
            BackupWindow = "03:00-04:00",
            MaintenanceWindow = "sun:04:30-sun:05:30",
            CopyTagsToSnapshot = true,
            DeletionProtection = !context.Disposable,
            DeleteAutomatedBackups = context.Disposable,
            SkipFinalSnapshot = context.Disposable,
            // A fixed name: a second database of this name cannot be destroyed before the final snapshot of the first one is renamed or
            // deleted.
            FinalSnapshotIdentifier = context.Disposable ? null : $"{identifier}-final",
            // An upgrade must not wait for the maintenance window: until then the instance would use the old parameter group, which
            // Terraform deletes.
            ApplyImmediately = context.Disposable || config.AllowMajorVersionUpgrade,

            PerformanceInsightsEnabled = true,
            PerformanceInsightsKmsKeyId = context.KeyArn,
            // Seven days are free of charge.
            PerformanceInsightsRetentionPeriod = 7,
            EnabledCloudwatchLogsExports = ExportedLogs,

            DependsOn = logGroups,
            // ModifyDBInstance cannot change it: otherwise every plan would show the same change for older instances.
            // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
            Lifecycle = context.PreventDestroy("engine_lifecycle_support"),
        }).Named(id);
        HostReference = $"aws_db_instance.{id}.address";

        Outputs = new DatabaseOutputs(
            props.Name,
            identifier,
            context.Arn("rds", $"db:{identifier}"),
            Instance.Address,
            config.Name,
            config.User,
            Instance.MasterUserSecret.Get(0).SecretArn);
    }

    public DbInstance Instance { get; }

    /// <summary>Its host in the form that <c>replace_triggered_by</c> requires: a bare reference, not an expression.</summary>
    public string HostReference { get; }

    public DatabaseOutputs Outputs { get; }

    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
    private DbParameterGroup ParameterGroup(string id, string identifier, DatabaseConfig config) =>
        new DbParameterGroup(this, "parameters", new DbParameterGroupConfig
        {
            Name = $"{identifier}-postgres{config.Version}",
            Family = $"postgres{config.Version}",
            Description = "TLS alone; connections, slow statements, lock waits and changes of structure are logged",
            Parameter = new DbParameterGroupParameter[]
            {
                new() { Name = "log_connections", Value = "1" },
                new() { Name = "log_disconnections", Value = "1" },
                new() { Name = "log_lock_waits", Value = "1" },
                new() { Name = "log_min_duration_statement", Value = "1000" },
                new() { Name = "log_statement", Value = "ddl" },
                new() { Name = "rds.force_ssl", Value = "1" },
            },
            // The parameter group of the new major version must exist before the instance stops using the old one.
            Lifecycle = new TerraformResourceLifecycle { CreateBeforeDestroy = true },
        }).Named($"{id}_parameters");

    private static void Check(PostgresDatabaseProps props)
    {
        DatabaseConfig config = props.Config;
        if (config.User == MasterUser)
            throw new ArgumentException($"database user '{config.User}' is the master user's name; choose another", nameof(props));
        if (config.MaxStorageGiB <= config.StorageGiB)
            throw new ArgumentException(
                $"database storage of {config.StorageGiB} GiB cannot grow to {config.MaxStorageGiB} GiB; leave the maximum out, or raise it", nameof(props));
        if (props.Placement.SubnetIds.Count < 2)
            throw new ArgumentException($"a database needs subnets in two zones, got {props.Placement.SubnetIds.Count}", nameof(props));
    }
}

internal sealed record PostgresDatabaseProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Name of the database.</summary>
    public required DatabaseName Name { get; init; }

    /// <summary>Its settings from the environment file.</summary>
    public required DatabaseConfig Config { get; init; }

    /// <summary>Its subnets and security group.</summary>
    public required DatabasePlacement Placement { get; init; }

    /// <summary>Days that its logs are retained.</summary>
    public required int LogRetentionDays { get; init; }
}

/// <summary>Subnets and security group of a database.</summary>
/// <param name="SubnetIds">Private subnets, in at least two zones.</param>
/// <param name="SecurityGroupId">Security group that allows the clients' connections.</param>
internal sealed record DatabasePlacement(IReadOnlyList<string> SubnetIds, string SecurityGroupId);

/// <summary>Attributes of the database.</summary>
/// <param name="DatabaseName">Name of the database in the environment file.</param>
/// <param name="Identifier">Identifier of the RDS instance.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Host">DNS name of the endpoint, port 5432.</param>
/// <param name="Name">Name of the PostgreSQL database.</param>
/// <param name="User">Database user of the application.</param>
/// <param name="MasterSecretArn">Secret with the master user's name and password, managed by RDS.</param>
internal sealed record DatabaseOutputs(
    DatabaseName DatabaseName, string Identifier, string Arn, string Host, string Name, string User, string MasterSecretArn);
