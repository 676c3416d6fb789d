using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Databases;
using Infra.Constructs.Dns;
using Infra.Constructs.Foundation;
using Infra.Constructs.GitHub;
using Infra.Constructs.Identity;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Networking;
using Infra.Constructs.Secrets;
using Infra.Constructs.Sites;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>What is slow or precious: the network, names and certificates, images, data, identity, secrets, and the roles of what runs on them.</summary>
internal sealed class BaseStack : AwsStack
{
    public const string Id = "base";

    private readonly EnvironmentConfig _config;

    public BaseStack(Construct scope, Deployment deployment)
        : base(scope, Id, deployment, deployment.Context.Names.StateKey(Id))
    {
        _config = deployment.Config;
        int retention = _config.Observability.LogRetentionDays;

        var network = new Network(this, "network", new NetworkProps(Context, _config.Network));
        var groups = new SecurityGroups(this, "security-groups", new SecurityGroupsProps(
            Context,
            network.VpcId,
            [.. _config.Services.Values.Select(service => service.Port)],
            _config.Security.IngressCidrs,
            HasCertificate: _config.Domain is not null,
            HasDatabase: _config.Database is not null));
        if (_config.Network.FlowLogs)
            new FlowLogs(this, "flow-logs", new FlowLogsProps(Context, network.VpcId, retention));

        var alerts = new AlertTopic(this, "alerts", new AlertTopicProps(Context, _config.Observability.AlertEmails));
        var accessLogs = new LogBucket(this, "access-logs", new LogBucketProps(
            Context, "access-logs", _config.Observability.AccessLogDays, LogWriter.Buckets, LogWriter.CloudFront));
        var loadBalancerLogs = new LogBucket(this, "alb-logs", new LogBucketProps(
            Context, "alb-logs", _config.Observability.AccessLogDays, LogWriter.LoadBalancers));

        DomainInBase? domain = _config.Domain is null ? null : new DomainInBase(this, "domain", new DomainInBaseProps(Context, _config.Domain, Global));
        IReadOnlyDictionary<string, BucketOutputs> buckets = Each(_config.Buckets, (name, bucket) =>
            new DataBucket(this, $"bucket-{name}", new DataBucketProps(Context, name, bucket, accessLogs)).Outputs);
        IReadOnlyDictionary<string, TableOutputs> tables = Each(_config.Tables, (name, table) =>
            new Table(this, $"table-{name}", new TableProps(Context, name, table)).Outputs);
        IReadOnlyDictionary<string, StaticSiteOutputs> sites = Each(_config.Sites, (name, site) => Site(name, site, accessLogs, domain));

        PostgresDatabase? database = Database(network, groups, alerts.Outputs, retention);
        Dictionary<string, string> secrets = Secrets(database);
        foreach ((string name, string value) in _config.Parameters)
            new Parameter(this, $"parameter-{LogicalIds.PartOf(name)}", new ParameterProps(Context, name, TerraformText.Literal(value)));

        IReadOnlyDictionary<string, Repository> repositories = Each(_config.Repositories, (app, repository) =>
            new Repository(this, $"repository-{LogicalIds.PartOf(app)}", new RepositoryProps(Context, app, repository)));
        var grants = new GrantableArns(
            buckets.ToDictionary(bucket => bucket.Key, bucket => bucket.Value.Arn),
            tables.ToDictionary(table => table.Key, table => table.Value.Arn),
            secrets);
        IReadOnlyDictionary<string, ServiceInBase> services = Each(_config.Services, (name, service) =>
            ServiceParts(name, service, repositories[service.Repository ?? name], secrets, grants, retention));

        if (_config.GitHub is not null)
            Delivery(_config.GitHub, repositories, services, sites);

        var outputs = new OutputWriter(this);
        Published = outputs.Names;
        BaseOutputs.Exchange(outputs, _config, Context.Names, new BaseOutputs
        {
            Network = new NetworkOutputs(
                network.VpcId, network.PublicSubnetIds, network.PrivateSubnetIds, network.PrivateRouteTableIds, groups.LoadBalancer, groups.Tasks),
            CertificateArn = domain?.CertificateArn,
            ZoneId = domain?.ZoneId,
            LoadBalancerLogBucket = loadBalancerLogs.Outputs.Name,
            AlertTopicArn = alerts.Outputs.Arn,
            Services = services,
            SecretArns = secrets,
        });
        ForPeople(domain, database, sites);
    }

    /// <summary>Names of the outputs that runtime may read.</summary>
    public IReadOnlySet<string> Published { get; }

    private PostgresDatabase? Database(Network network, SecurityGroups groups, AlertTopicOutputs alerts, int retention)
    {
        if (_config.Database is not { } config) return null;
        var database = new PostgresDatabase(this, "database", new PostgresDatabaseProps(
            Context, config, new DatabasePlacement(network.PrivateSubnetIds, groups.Database!), retention));
        new DatabaseAlarms(this, "database-alarms", new DatabaseAlarmsProps(
            Context, database.Outputs, config.StorageGiB, _config.Observability.CpuPercent, alerts));
        return database;
    }

    /// <summary>ARNs of all secrets by name: those of the environment file, and those that the database and the user pool bring along.</summary>
    private Dictionary<string, string> Secrets(PostgresDatabase? database)
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, SecretConfig secret) in _config.Secrets)
            arns[name] = new EnvironmentSecret(this, $"secret-{LogicalIds.PartOf(name)}", new EnvironmentSecretProps(Context, name, secret)).Outputs.Arn;
        if (database is not null)
        {
            arns[DatabaseUrl.SecretName] = new DatabaseUrl(this, "database-url", new DatabaseUrlProps(Context, database)).Outputs.Arn;
            arns[PostgresDatabase.MasterSecretName] = database.Outputs.MasterSecretArn;
        }
        if (_config.Identity is not null)
            arns[UserPool.ClientSecretName] = new UserPool(this, "identity", new UserPoolProps(Context, _config.Identity)).Outputs.ClientSecretArn;
        return arns;
    }

    private StaticSiteOutputs Site(string name, SiteConfig config, LogBucket logs, DomainInBase? domain)
    {
        string? host = _config.HostName(config.Host);
        StaticSiteOutputs site = new StaticSite(this, $"site-{name}", new StaticSiteProps(Context, name, config, logs)
        {
            Aliases = host is null ? [] : [host],
            CertificateArn = host is null ? null : domain?.GlobalCertificateArn,
            UsEast1 = Global,
        }).Outputs;
        if (host is not null)
            domain?.Alias($"site-{name}", host, site.DomainName, site.HostedZoneId);
        return site;
    }

    private ServiceInBase ServiceParts(
        string name, ServiceConfig config, Repository repository, Dictionary<string, string> secrets, GrantableArns grants, int retention)
    {
        var logs = new LogGroup(this, $"service-{name}", new LogGroupProps(Context, Context.Names.ServiceLogGroup(name), retention));
        ParameterOutputs ledger = new ReleaseLedgerEntry(this, $"release-{name}", new ReleaseLedgerEntryProps(Context, name)).Outputs;
        var roles = new ServiceRoles(this, $"roles-{name}", new ServiceRolesProps(
            Context,
            name,
            config,
            repository.Arn,
            logs.Outputs.Arn,
            [.. config.Secrets.Values.Distinct().Order(StringComparer.Ordinal).Select(secret => secrets[secret])],
            [.. config.Parameters.Values.Distinct().Order(StringComparer.Ordinal).Select(ParameterArn)],
            grants));
        return new ServiceInBase(repository.Url, roles.ExecutionRoleArn, roles.TaskRoleArn, logs.Outputs.Name, ledger.Name);
    }

    private string ParameterArn(string name) => Context.Arn("ssm", $"parameter{Context.Names.Parameter(name)}");

    private void Delivery(
        GitHubConfig github,
        IReadOnlyDictionary<string, Repository> repositories,
        IReadOnlyDictionary<string, ServiceInBase> services,
        IReadOnlyDictionary<string, StaticSiteOutputs> sites)
    {
        var role = new DeliveryRole(this, "github-delivery", new DeliveryRoleProps(
            Context,
            github,
            Context.Names.Cluster,
            [.. repositories.Values.Select(repository => repository.Arn)],
            [.. services.Select(service => new DeliveredService(
                Context.Names.For(NameRule.Ecs, service.Key), service.Value.ExecutionRoleArn, service.Value.TaskRoleArn, service.Value.ReleaseParameter))],
            [.. sites.Values.Select(site => new DeliveredSite(site.BucketArn, site.DistributionArn))]));
        Output("github_delivery_role_arn", "Role with which workflows of the repository deliver applications.", role.Arn);
    }

    /// <summary>What a person wants to know and no stack reads.</summary>
    private void ForPeople(DomainInBase? domain, PostgresDatabase? database, IReadOnlyDictionary<string, StaticSiteOutputs> sites)
    {
        if (domain?.NameServers is { } servers)
            Output("name_servers", "Name servers to enter at the domain's registrar.", servers);
        if (domain?.Validation is { } record)
            Output("certificate_validation", "DNS record that proves the domain is yours; enter it where its DNS lives.",
                new Dictionary<string, string> { ["name"] = record.Name, ["type"] = record.Type, ["value"] = record.Value });
        if (database is not null)
            Output("database_host", "Host of the database, port 5432, reached from tasks alone.", database.Outputs.Host);
        foreach ((string name, StaticSiteOutputs site) in sites)
        {
            string id = name.Replace('-', '_');
            Output($"site_{id}_bucket", $"Bucket of site {name}.", site.BucketName);
            Output($"site_{id}_distribution_id", $"CloudFront distribution of site {name}.", site.DistributionId);
            Output($"site_{id}_domain_name", $"CloudFront's own host name of site {name}.", site.DomainName);
        }
    }

    // In the order of names, so that the order in the file never changes what is synthesized.
    private static SortedDictionary<string, TMade> Each<TConfig, TMade>(IReadOnlyDictionary<string, TConfig> configs, Func<string, TConfig, TMade> make)
    {
        var made = new SortedDictionary<string, TMade>(StringComparer.Ordinal);
        foreach ((string name, TConfig config) in configs.OrderBy(c => c.Key, StringComparer.Ordinal))
            made[name] = make(name, config);
        return made;
    }
}
