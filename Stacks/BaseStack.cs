using Constructs;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Agents;
using Infra.Constructs.Containers;
using Infra.Constructs.Cost;
using Infra.Constructs.Databases;
using Infra.Constructs.Dns;
using Infra.Constructs.Encryption;
using Infra.Constructs.Foundation;
using Infra.Constructs.GitHub;
using Infra.Constructs.Identity;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Networking;
using Infra.Constructs.Recovery;
using Infra.Constructs.Schedules;
using Infra.Constructs.Secrets;
using Infra.Constructs.Sites;
using Infra.Constructs.Storage;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>
/// Resources that take long to create or must not be lost: network, DNS and certificates, images, data, identity, secrets, and the roles of
/// applications.
/// </summary>
internal sealed partial class BaseStack : AwsStack
{
    public const string Id = StackNames.Base;

    private readonly EnvironmentConfig _config;
    private UserPoolOutputs? _users;

    public BaseStack(Construct scope, Deployment deployment)
        : base(scope, Id, deployment, deployment.Context.Names.StateKey(Id))
    {
        _config = deployment.Config;
        if (_config.Security.Encryption == "customer")
            Context = Context with { KeyArn = new EnvironmentKey(this, "key", new EnvironmentKeyProps(Context)).Arn };
        int retention = _config.Observability.LogRetentionDays;

        Network? network = _config.Network.Vpc == "none" ? null : new Network(this, "network", new NetworkProps(Context, _config.Network)
        {
            AgentsInVpc = _config.Agents.Values.Any(agent => agent.Network == AgentConfig.Vpc),
        });
        SecurityGroups? groups = network is null ? null : new SecurityGroups(this, "security-groups", new SecurityGroupsProps(
            Context,
            network.VpcId,
            [.. _config.Services.Values.Where(service => service.IsListening).Select(service => service.Port!.Value)],
            _config.Security.IngressCidrs,
            HasCertificate: _config.Domain is not null,
            HasNat: _config.Network.Nat != "none",
            HasEndpoints: _config.Network.Endpoints.Count > 0,
            network.GatewayPrefixLists,
            [.. AllDatabases.Of(_config).Select(database => database.Name)])
        {
            CalledPorts = [.. _config.Services.Values.SelectMany(service => service.Calls).Select(called => _config.Services[called].Port!.Value)],
        });
        if (network is not null && _config.Network.FlowLogs)
            new FlowLogs(this, "flow-logs", new FlowLogsProps(Context, network.VpcId, retention));

        var alerts = new AlertTopic(this, "alerts", new AlertTopicProps(Context, _config.Observability.AlertEmails));
        if (_config.Observability.Slack is { } slack)
            new SlackChannel(this, "slack", new SlackChannelProps(Context, slack, alerts.Outputs.Arn, Elsewhere(SlackChannel.RegionFor(Context.Region))));
        // Here and not next to the firewall, so that it outlives a runtime that is put to sleep.
        if (_config.Security.Waf is not null)
            new LogGroup(this, "waf-logs", new LogGroupProps(Context, Context.Names.FirewallLogGroup, retention));
        var accessLogs = new LogBucket(this, "access-logs", new LogBucketProps(
            Context, "access-logs", _config.Observability.AccessLogDays, LogWriter.Buckets, LogWriter.CloudFront));
        LogBucket? loadBalancerLogs = network is null ? null : new LogBucket(this, "alb-logs", new LogBucketProps(
            Context, "alb-logs", _config.Observability.AccessLogDays, LogWriter.LoadBalancers));

        DomainBaseResources? domain = _config.Domain is null ? null : new DomainBaseResources(this, "domain", new DomainBaseResourcesProps(Context, _config.Domain, Global));
        IReadOnlyDictionary<string, BucketOutputs> buckets = Each(_config.Buckets, (name, bucket) =>
            new DataBucket(this, $"bucket-{name}", new DataBucketProps(Context, name, bucket, accessLogs)).Outputs);
        IReadOnlyDictionary<string, TableOutputs> tables = Each(_config.Tables, (name, table) =>
            new Table(this, $"table-{name}", new TableProps(Context, name, table)).Outputs);
        IReadOnlyDictionary<string, StaticSiteOutputs> sites = Each(_config.Sites, (name, site) => Site(name, site, accessLogs, domain));

        IReadOnlyList<PostgresDatabase> databases = network is null || groups is null ? [] : Databases(network, groups, alerts.Outputs, retention);
        Dictionary<string, string> secrets = Secrets(databases);
        foreach ((string name, string value) in _config.Parameters)
            new Parameter(this, $"parameter-{AddressPart.Of(name)}", new ParameterProps(Context, name, TerraformText.Literal(value)));
        foreach ((string name, SecureParameterConfig parameter) in _config.SecureParameters)
            new SecureParameter(this, $"parameter-{AddressPart.Of(name)}", new SecureParameterProps(Context, name, parameter));

        IReadOnlyDictionary<string, Repository> repositories = Each(_config.Repositories, (app, repository) =>
            new Repository(this, $"repository-{AddressPart.Of(app)}", new RepositoryProps(Context, app, repository)
            {
                ReleaseTagPrefixes = ReleaseTagPrefixes(app),
            }));
        var grants = new GrantableArns(
            buckets.ToDictionary(bucket => bucket.Key, bucket => bucket.Value.Arn),
            tables.ToDictionary(table => table.Key, table => table.Value.Arn),
            secrets);
        IReadOnlyDictionary<string, ServiceBaseResources> services = Each(_config.Services, (name, service) =>
            ServiceParts(name, service, repositories[service.Repository ?? name], grants, retention));

        IReadOnlyDictionary<string, AgentBaseResources> agents = Each(_config.Agents, (name, agent) => AgentParts(name, agent, repositories[agent.Repository ?? name], grants));

        if (_config.Services.Values.Any(service => service.Exec))
            new LogGroup(this, "exec", new LogGroupProps(Context, Context.Names.ExecLogGroup, retention));
        string? connect = _config.Services.Values.Any(service => service.Calls.Count > 0) ? new ServiceNamespace(this, "services", Context).Arn : null;

        Recovery(buckets, tables, databases, alerts.Outputs);
        if (_config.Budget is { } budget)
            new MonthlyBudget(this, "budget", new MonthlyBudgetProps(Context, budget, alerts.Outputs.Arn));
        if (_config.Schedule is { } schedule)
            new EnvironmentSchedule(this, "schedule", new EnvironmentScheduleProps(
                Context, schedule, ScaledServices(), accessLogs, alerts.Outputs, retention));

        DeliveredLayers? layers = _config.Layers.Count == 0 ? null : Layers(accessLogs);
        if (_config.GitHub is not null)
            Delivery(_config.GitHub, repositories, services, sites, buckets, layers);

        var outputs = new OutputWriter(this);
        Published = outputs.Names;
        BaseOutputs.Exchange(outputs, _config, Context.Names, new BaseOutputs
        {
            Network = network is null || groups is null ? null : new NetworkOutputs(
                network.VpcId, network.PublicSubnetIds, network.PrivateSubnetIds, network.PrivateRouteTableIds,
                groups.LoadBalancer, groups.Tasks, groups.Endpoints),
            CertificateArn = domain?.CertificateArn,
            ZoneId = domain?.ZoneId,
            LoadBalancerLogBucket = loadBalancerLogs?.Outputs.Name,
            KeyArn = Context.KeyArn,
            AlertTopicArn = alerts.Outputs.Arn,
            NamespaceArn = connect,
            Services = services,
            Agents = agents,
            Users = _users is null ? null : new UserPoolIdentity(_users.UserPoolId, _users.ClientId),
            SecretArns = secrets,
        });
        OperatorOutputs(domain, databases, sites);
        Discovery(buckets, tables, repositories, sites, databases, alerts.Outputs);
    }

    /// <summary>Names of the outputs that runtime can read.</summary>
    public IReadOnlySet<string> Published { get; }

    /// <summary>Backups of data, and replication of images to a second Region.</summary>
    private void Recovery(
        IReadOnlyDictionary<string, BucketOutputs> buckets, IReadOnlyDictionary<string, TableOutputs> tables, IReadOnlyList<PostgresDatabase> databases, AlertTopicOutputs alerts)
    {
        if (_config.Backup is not { } backup) return;
        string[] arns =
        [
            .. buckets.Values.Select(bucket => bucket.Arn),
            .. tables.Values.Select(table => table.Arn),
            .. databases.Select(database => database.Outputs.Arn),
        ];
        var daily = new DailyBackup(this, "backup", new DailyBackupProps(Context, backup, arns, alerts.Arn, Elsewhere(backup.CopyRegion)));
        Output("restore_role_arn", "Role that a restore from the backup vault is started with.", daily.RestoreRoleArn);
        if (backup.ImageRegion is not null && _config.Repositories.Count > 0)
            new ImageReplication(this, "image-replication", new ImageReplicationProps(
                Context,
                backup.ImageRegion,
                [
                    .. _config.Repositories.OrderBy(repository => repository.Key, StringComparer.Ordinal).Select(repository =>
                        new ReplicatedRepository(Context.Names.Repository(repository.Key), repository.Value, ReleaseTagPrefixes(repository.Key))),
                ])
            {
                Provider = Elsewhere(backup.ImageRegion),
            });
    }

    private List<PostgresDatabase> Databases(Network network, SecurityGroups groups, AlertTopicOutputs alerts, int retention)
    {
        var databases = new List<PostgresDatabase>();
        foreach ((_, DatabaseName name, DatabaseConfig config) in AllDatabases.Of(_config))
        {
            var database = new PostgresDatabase(this, name.Name is null ? "database" : $"db-{name.Name}", new PostgresDatabaseProps(
                Context, name, config, new DatabasePlacement(network.PrivateSubnetIds, groups.Databases[name]), retention));
            new DatabaseAlarms(this, name.Name is null ? "database-alarms" : $"alarms-db-{name.Name}", new DatabaseAlarmsProps(
                Context, database.Outputs, config.StorageGiB, _config.Observability, alerts));
            databases.Add(database);
        }
        return databases;
    }

    /// <summary>ARNs of all secrets by name: those of the environment file, and those of databases and the user pool.</summary>
    private Dictionary<string, string> Secrets(IReadOnlyList<PostgresDatabase> databases)
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, SecretConfig secret) in _config.Secrets)
            arns[name] = new EnvironmentSecret(this, $"secret-{AddressPart.Of(name)}", new EnvironmentSecretProps(Context, name, secret)).Outputs.Arn;
        foreach ((PostgresDatabase database, DatabaseConfig config) in databases.Zip(AllDatabases.Of(_config).Select(each => each.Config)))
        {
            DatabaseName name = database.Outputs.DatabaseName;
            arns[name.UrlSecret] = new DatabaseUrl(
                this, name.Name is null ? "database-url" : $"url-db-{name.Name}", new DatabaseUrlProps(Context, database, config)).Outputs.Arn;
            arns[name.MasterSecret] = database.Outputs.MasterSecretArn;
        }
        if (_config.Identity is not null)
        {
            _users = new UserPool(this, "identity", new UserPoolProps(Context, _config.Identity)).Outputs;
            arns[UserPool.ClientSecretName] = _users.ClientSecretArn;
        }
        return arns;
    }

    private StaticSiteOutputs Site(string name, SiteConfig config, LogBucket logs, DomainBaseResources? domain)
    {
        string? host = _config.HostName(config.Host);
        StaticSiteOutputs site = new StaticSite(this, $"site-{name}", new StaticSiteProps(Context, name, config, logs)
        {
            Aliases = host is null ? [] : [host],
            CertificateArn = host is null ? null : domain?.GlobalCertificateArn,
            UsEast1 = Global,
            Hsts = _config.Security.Hsts,
        }).Outputs;
        if (host is not null)
            domain?.Alias($"site-{name}", host, site.DomainName, site.HostedZoneId);
        return site;
    }

    private ServiceBaseResources ServiceParts(
        string name, ServiceConfig config, Repository repository, GrantableArns grants, int retention)
    {
        var logs = new LogGroup(this, $"service-{name}", new LogGroupProps(Context, Context.Names.ServiceLogGroup(name), retention));
        ParameterOutputs ledger = new ReleaseLedgerEntry(this, $"release-{name}", new ReleaseLedgerEntryProps(
            Context, Context.Names.Release(name), $"Image that {name} runs")).Outputs;
        var roles = new ServiceRoles(this, $"roles-{name}", new ServiceRolesProps(
            Context,
            name,
            config,
            repository.Arn,
            logs.Outputs.Arn,
            grants));
        return new ServiceBaseResources(repository.Url, roles.ExecutionRoleArn, roles.TaskRoleArn, logs.Outputs.Name, ledger.Name)
        {
            JobRoleArn = roles.JobRoleArn,
            MigrationRoleArn = roles.MigrationRoleArn,
        };
    }

    private AgentBaseResources AgentParts(string name, AgentConfig config, Repository repository, GrantableArns grants)
    {
        ParameterOutputs ledger = new ReleaseLedgerEntry(this, $"release-{name}", new ReleaseLedgerEntryProps(
            Context, Context.Names.Release(name), $"Image that {name} runs")).Outputs;
        string role = new AgentRole(this, $"{name}-agent", new AgentRoleProps(Context, name, config, repository.Arn, grants)).Arn;
        return new AgentBaseResources(repository.Url, role, ledger.Name);
    }

    private string[] ReleaseTagPrefixes(string repository) =>
    [
        .. Application.Of(_config).Where(application => application.Repository == repository)
            .Select(application => Context.Names.ReleaseTagPrefix(application.Name)).Order(StringComparer.Ordinal),
    ];

    private ScaledService[] ScaledServices() =>
    [
        .. _config.Services.OrderBy(service => service.Key, StringComparer.Ordinal).Select(service => new ScaledService(
            Context.Names.Cluster, Context.Names.For(NameRule.Ecs, service.Key), service.Value.Desired, service.Value.Autoscaling)),
    ];

    // Sorted by name, so that the order in the file never changes the synthesized JSON.
    private static SortedDictionary<string, TMade> Each<TConfig, TMade>(IReadOnlyDictionary<string, TConfig> configs, Func<string, TConfig, TMade> make)
    {
        var made = new SortedDictionary<string, TMade>(StringComparer.Ordinal);
        foreach ((string name, TConfig config) in configs.OrderBy(c => c.Key, StringComparer.Ordinal))
            made[name] = make(name, config);
        return made;
    }
}
