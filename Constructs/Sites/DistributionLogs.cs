using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchLogDelivery;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchLogDeliveryDestination;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchLogDeliverySource;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Sites;

/// <summary>CloudFront's standard logging, version 2: unlike version 1 it needs no access control list on the bucket.</summary>
/// <remarks>
/// It is configured in us-east-1, whatever the bucket's Region.
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
/// </remarks>
internal static class DistributionLogs
{
    /// <summary>Delivers the access logs of a distribution to the site's log bucket, below <c>AWSLogs/{account}/CloudFront/</c>.</summary>
    public static void Add(Construct scope, string logicalId, string distributionArn, StaticSiteProps props)
    {
        string name = props.Context.Names.For(NameRule.LogDelivery, props.Name);
        CloudwatchLogDeliverySource source = new CloudwatchLogDeliverySource(scope, "log_source", new CloudwatchLogDeliverySourceConfig
        {
            Name = name,
            LogType = "ACCESS_LOGS",
            ResourceArn = distributionArn,
            Provider = props.UsEast1,
        }).Named(logicalId);
        CloudwatchLogDeliveryDestination destination =
            new CloudwatchLogDeliveryDestination(scope, "log_destination", new CloudwatchLogDeliveryDestinationConfig
            {
                Name = name,
                OutputFormat = "json",
                DeliveryDestinationConfiguration = new[]
            {
                new CloudwatchLogDeliveryDestinationDeliveryDestinationConfiguration { DestinationResourceArn =
                    props.Logs.Bucket.Bucket.Arn },
            },
                Provider = props.UsEast1,
            }).Named(logicalId);
        new CloudwatchLogDelivery(scope, "log_delivery", new CloudwatchLogDeliveryConfig
        {
            DeliverySourceName = source.Name,
            DeliveryDestinationArn = destination.Arn,
            Provider = props.UsEast1,
            DependsOn = [props.Logs.Bucket.Policy],
        }).Named(logicalId);
    }
}
