using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Configuration.Derived;

/// <summary>Defaults that are derived from other values. They are filled in once, here, so that constructs need not know them.</summary>
internal static class DerivedDefaults
{
    /// <summary>Names of an environment, with its own naming patterns.</summary>
    public static Names NamesOf(EnvironmentConfig config) => new(
        config.Project, config.Name, config.Account, PatternsOf(config.Naming) with
        {
            StateBucket = config.State.Bucket,
            LockTable = config.State.LockTable,
            StateKey = config.State.Key,
        }, config.Region);

    /// <summary>The environment with all derived defaults; it must have no findings.</summary>
    public static EnvironmentConfig Fill(EnvironmentConfig config, Names names) => config with
    {
        State = config.State with { Bucket = config.State.BucketOf(names), LockTable = config.State.LockTableOf(names) },
        Network = Fill(config.Network),
        GitHub = config.GitHub is { } github ? github with { Environment = github.EnvironmentOf(names) } : null,
        Database = config.Database is { } database ? Fill(database, config) : null,
        Databases = config.Databases.ToDictionary(d => d.Key, d => Fill(d.Value, config), StringComparer.Ordinal),
        Identity = config.Identity is { } identity ? identity with { DomainPrefix = identity.DomainPrefix ?? DomainPrefix(names) } : null,
        Services = config.Services.ToDictionary(
            s => s.Key, s => TraceCollector.With(s.Key, s.Value with { Repository = RepositoryOf(s.Key, s.Value) }, config),
            StringComparer.Ordinal),
        Agents = config.Agents.ToDictionary(a => a.Key, a => a.Value with
        {
            Repository = a.Value.Repository ?? a.Key,
            Authorizer = a.Value.Authorizer ?? (config.Identity is null ? AgentAuthorizer.Iam : AgentAuthorizer.Cognito),
        }, StringComparer.Ordinal),
        Repositories = Repositories(config),
    };

    /// <summary>Domain prefix of the hosted UI if the file sets none: <c>tap-poc-111111111111</c>.</summary>
    public static string DomainPrefix(Names names) => names.For(NameRule.CognitoDomain, names.Account);

    /// <summary>Repository of a service's image.</summary>
    public static string RepositoryOf(string service, ServiceConfig config) => config.Repository ?? service;

    private static NamePatterns PatternsOf(NamingConfig naming) =>
        new(naming.Prefix, naming.Bucket, naming.Repository, naming.Layer, naming.CodeBucket, naming.Parameter)
        {
            CodePrefix = naming.CodePrefix,
            Cluster = naming.Cluster,
            Service = naming.Service,
            LoadBalancer = naming.LoadBalancer,
            TargetGroup = naming.TargetGroup,
            ExecutionRole = naming.ExecutionRole,
            TaskRole = naming.TaskRole,
            DeliveryRole = naming.DeliveryRole,
            UserPool = naming.UserPool,
            UserPoolClient = naming.UserPoolClient,
            Topic = naming.Topic,
            Budget = naming.Budget,
            Database = naming.Database,
            Table = naming.Table,
        };

    private static DatabaseConfig Fill(DatabaseConfig database, EnvironmentConfig config) =>
        database with
        {
            MultiAz = database.MultiAz ?? config.Production,
            SnapshotBeforeDeployment = database.SnapshotBeforeDeployment ?? config.Production,
        };

    private static NetworkConfig Fill(NetworkConfig network)
    {
        if (network.PublicSubnets.Count > 0 && network.PrivateSubnets.Count > 0)
            return network;
        SubnetPlan plan = SubnetPlan.For(Cidr.Parse(network.Cidr), network.Zones.Count);
        return network with
        {
            PublicSubnets = network.PublicSubnets.Count > 0 ? network.PublicSubnets : [.. plan.Public.Select(c => c.ToString())],
            PrivateSubnets = network.PrivateSubnets.Count > 0 ? network.PrivateSubnets : [.. plan.Private.Select(c => c.ToString())],
        };
    }

    private static Dictionary<string, RepositoryConfig> Repositories(EnvironmentConfig config)
    {
        var repositories = new Dictionary<string, RepositoryConfig>(config.Repositories, StringComparer.Ordinal);
        foreach (Application application in Application.Of(config))
            repositories.TryAdd(application.Repository, new RepositoryConfig());
        return repositories;
    }
}
