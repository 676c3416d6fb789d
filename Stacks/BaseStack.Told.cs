using Infra.Constructs.Containers;
using Infra.Constructs.Databases;
using Infra.Constructs.Discovery;
using Infra.Constructs.Dns;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Sites;
using Infra.Constructs.Storage;
using Infra.Contracts;

namespace Infra.Stacks;

/// <content>Outputs for operators and discovery parameters for applications.</content>
internal sealed partial class BaseStack
{
    /// <summary>Outputs for operators, which no stack reads.</summary>
    private void OperatorOutputs(DomainBaseResources? domain, IReadOnlyList<PostgresDatabase> databases, IReadOnlyDictionary<string, StaticSiteOutputs> sites)
    {
        if (domain?.NameServers is { } servers)
            Output(BaseOperatorOutputs.NameServersOutput, "Name servers to enter at the domain's registrar.", servers);
        if (domain?.Validation is { } record)
            Output(BaseOperatorOutputs.CertificateValidationOutput, "DNS record that proves the domain is yours; enter it where its DNS lives.", record.Write());
        foreach (DatabaseOutputs database in databases.Select(database => database.Outputs))
            Output(database.DatabaseName.HostOutput, $"Host of {database.DatabaseName.DisplayName}, port 5432, reached from tasks alone.", database.Host);
        foreach ((string name, StaticSiteOutputs site) in sites)
        {
            Output(BaseOperatorOutputs.SiteBucketOutput(name), $"Bucket of site {name}.", site.BucketName);
            Output(BaseOperatorOutputs.SiteDistributionIdOutput(name), $"CloudFront distribution of site {name}.", site.DistributionId);
            Output(BaseOperatorOutputs.SiteDomainNameOutput(name), $"CloudFront's own host name of site {name}.", site.DomainName);
        }
    }

    /// <summary>Discovery parameters of base's resources.</summary>
    private void Discovery(
        IReadOnlyDictionary<string, BucketOutputs> buckets,
        IReadOnlyDictionary<string, TableOutputs> tables,
        IReadOnlyDictionary<string, Repository> repositories,
        IReadOnlyDictionary<string, StaticSiteOutputs> sites,
        IReadOnlyList<PostgresDatabase> databases,
        AlertTopicOutputs alerts)
    {
        var tree = new DiscoveryTree(this, "discovery", Context);
        tree.Add("topics/alerts", "SNS topic of alarms, by ARN.", alerts.Arn);
        foreach ((string purpose, BucketOutputs bucket) in buckets)
            tree.Add($"buckets/{purpose}", $"Bucket for {purpose}.", bucket.Name);
        foreach ((string name, TableOutputs table) in tables)
            tree.Add($"tables/{name}", $"DynamoDB table {name}.", table.Name);
        foreach ((string app, Repository repository) in repositories)
            tree.Add($"repositories/{app}", $"ECR repository of {app}.", repository.Url);
        foreach ((string name, StaticSiteOutputs site) in sites)
        {
            tree.Add($"sites/{name}/bucket", $"Bucket of site {name}.", site.BucketName);
            tree.Add($"sites/{name}/distribution-id", $"CloudFront distribution of site {name}.", site.DistributionId);
            tree.Add($"sites/{name}/url", $"Where site {name} is served.", $"https://{_config.HostName(_config.Sites[name].Host) ?? site.DomainName}");
        }
        foreach (DatabaseOutputs database in databases.Select(database => database.Outputs))
            tree.Add($"{database.DatabaseName.Folder}/host", $"Host of {database.DatabaseName.DisplayName}, port 5432.", database.Host);
    }
}
