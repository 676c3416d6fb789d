using Infra.Constructs.Containers;
using Infra.Constructs.Databases;
using Infra.Constructs.Discovery;
using Infra.Constructs.Messaging;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Sites;
using Infra.Constructs.Storage;

namespace Infra.Stacks;

/// <summary>Part of the base stack: discovery parameters of its resources, for applications.</summary>
internal sealed class BaseDiscovery
{
    public BaseDiscovery(BaseScope scope, AlertTopicOutputs alerts, BaseData data, BaseSites sites, BaseServices services)
    {
        var tree = new DiscoveryTree(scope.Stack, "discovery", scope.Context);
        tree.Add("topics/alerts", "SNS topic of alarms, by ARN.", alerts.Arn);
        foreach ((string purpose, BucketOutputs bucket) in data.Buckets)
            tree.Add($"buckets/{purpose}", $"Bucket for {purpose}.", bucket.Name);
        foreach ((string name, TableOutputs table) in data.Tables)
            tree.Add($"tables/{name}", $"DynamoDB table {name}.", table.Name);
        foreach ((string name, QueueOutputs queue) in data.Queues)
            tree.Add($"queues/{name}", $"SQS queue {name}, by URL.", queue.Url);
        foreach ((string name, Repository repository) in services.Repositories)
            tree.Add($"repositories/{name}", $"ECR repository of {name}.", repository.Url);
        foreach ((string name, StaticSiteOutputs site) in sites.Sites)
        {
            tree.Add($"sites/{name}/bucket", $"Bucket of site {name}.", site.BucketName);
            tree.Add($"sites/{name}/distribution-id", $"CloudFront distribution of site {name}.", site.DistributionId);
            tree.Add($"sites/{name}/url", $"Where site {name} is served.",
                $"https://{scope.Config.HostName(scope.Config.Sites[name].Host) ?? site.DomainName}");
        }
        foreach (DatabaseOutputs database in data.Databases.Select(database => database.Outputs))
            tree.Add($"{database.DatabaseName.Folder}/host", $"Host of {database.DatabaseName.DisplayName}, port 5432.", database.Host);
    }
}
