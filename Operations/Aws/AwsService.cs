namespace Infra.Operations.Aws;

/// <summary>Protocol and endpoint of an AWS service, from its API model (github.com/aws/api-models-aws).</summary>
/// <param name="Name">Signing name, which is also the name in the endpoint unless <c>Host</c> is set.</param>
internal sealed record AwsService(string Name)
{
    private static readonly AwsService[] Known =
    [
        Json("acm", "CertificateManager"),
        Json("application-autoscaling", "AnyScaleFrontendService"),
        Rest("backup"),
        Rest("bedrock-agentcore"),
        Rest("bedrock-agentcore-control") with { Name = "bedrock-agentcore", Host = "bedrock-agentcore-control" },
        Json("budgets", "AWSBudgetServiceGateway") with { Global = true },
        Query("cloudformation", "2010-05-15"),
        Rest("cloudfront") with { Global = true },
        Json("codebuild", "CodeBuild_20161006"),
        Json("codepipeline", "CodePipeline_20150709"),
        Json("cognito-idp", "AWSCognitoIdentityProviderService"),
        Query("ec2", "2016-11-15"),
        Json("ecr", "AmazonEC2ContainerRegistry_V20150921") with { Host = "api.ecr" },
        Json("ecs", "AmazonEC2ContainerServiceV20141113"),
        Query("elasticloadbalancing", "2015-12-01"),
        Json("events", "AWSEvents"),
        Query("iam", "2010-05-08") with { Global = true },
        Json("kms", "TrentService"),
        Rest("lambda"),
        Json("logs", "Logs_20140328"),
        Json("monitoring", "GraniteServiceVersion20100801") with { JsonVersion = "1.0", Version = "2010-08-01" },
        Query("rds", "2014-10-31"),
        Rest("route53") with { Global = true },
        Rest("scheduler"),
        Json("secretsmanager", "secretsmanager"),
        Query("sns", "2010-03-31"),
        Json("ssm", "AmazonSSM"),
        Query("sts", "2011-06-15"),
        Json("tagging", "ResourceGroupsTaggingAPI_20170126"),
        Json("wafv2", "AWSWAF_20190729"),
    ];

    /// <summary>First part of the endpoint's host.</summary>
    public string Host { get; init; } = Name;

    /// <summary>Prefix of the action in <c>X-Amz-Target</c>; null if the service does not use the AWS JSON protocol.</summary>
    public string? Target { get; init; }

    /// <summary>JSON version in the content type.</summary>
    public string JsonVersion { get; init; } = "1.1";

    /// <summary>API version of the query protocol; null if the service does not use it.</summary>
    public string? Version { get; init; }

    /// <summary>Whether the service has one endpoint for all regions, signed for us-east-1.</summary>
    public bool Global { get; init; }

    /// <summary>The service with that endpoint.</summary>
    /// <exception cref="ArgumentException">It is not in the table.</exception>
    public static AwsService Of(string host) =>
        Known.SingleOrDefault(service => host == service.Host || (host == service.Name && Known.All(other => other.Host != host)))
        ?? throw new ArgumentException(
            $"no AWS service {host} here; available: {string.Join(", ", Known.Select(service => service.Host))}", nameof(host));

    private static AwsService Json(string name, string target) => new(name) { Target = target };

    private static AwsService Query(string name, string version) => new(name) { Version = version };

    private static AwsService Rest(string name) => new(name);
}
