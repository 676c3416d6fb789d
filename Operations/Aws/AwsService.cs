using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

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
        Query("cloudformation", "2010-05-15"),
        Rest("cloudfront") with { Global = true },
        Json("codebuild", "CodeBuild_20161006") with { CamelCase = true },
        Query("ec2", "2016-11-15"),
        Json("ecr", "AmazonEC2ContainerRegistry_V20150921") with { Host = "api.ecr", CamelCase = true },
        Json("ecs", "AmazonEC2ContainerServiceV20141113") with { CamelCase = true },
        Query("elasticloadbalancing", "2015-12-01"),
        Query("iam", "2010-05-08") with { Global = true },
        Json("kms", "TrentService"),
        Rest("lambda"),
        Json("logs", "Logs_20140328") with { CamelCase = true },
        Query("monitoring", "2010-08-01"),
        Query("rds", "2014-10-31"),
        Rest("scheduler"),
        Json("secretsmanager", "secretsmanager"),
        Query("sns", "2010-03-31"),
        Json("ssm", "AmazonSSM"),
        Json("tagging", "ResourceGroupsTaggingAPI_20170126"),
    ];

    private static readonly JsonSerializer CamelCaseNames = Serializer(new CamelCaseNamingStrategy());

    private static readonly JsonSerializer DeclaredNames = Serializer(new DefaultNamingStrategy());

    /// <summary>First part of the endpoint's host.</summary>
    public string Host { get; init; } = Name;

    /// <summary>Prefix of the action in <c>X-Amz-Target</c>; null if the service does not use the AWS JSON protocol.</summary>
    public string? Target { get; init; }

    /// <summary>JSON version in the content type.</summary>
    public string JsonVersion { get; init; } = "1.1";

    /// <summary>Whether the names of members begin with a lower-case letter.</summary>
    public bool CamelCase { get; init; }

    /// <summary>API version of the query protocol; null if the service does not use it.</summary>
    public string? Version { get; init; }

    /// <summary>Whether the service has one endpoint for all regions, signed for us-east-1.</summary>
    public bool Global { get; init; }

    /// <summary>The service with that name.</summary>
    /// <exception cref="ArgumentException">It is not in the table.</exception>
    public static AwsService Of(string name) => Known.SingleOrDefault(service => service.Name == name)
        ?? throw new ArgumentException(
            $"no AWS service {name} here; available: {string.Join(", ", Known.Select(service => service.Name))}", nameof(name));

    /// <summary>The JSON of an input, without the members that are null.</summary>
    public JObject Json(object input) => input as JObject ?? JObject.FromObject(input, CamelCase ? CamelCaseNames : DeclaredNames);

    private static JsonSerializer Serializer(NamingStrategy names) => JsonSerializer.Create(new JsonSerializerSettings
    {
        NullValueHandling = NullValueHandling.Ignore,
        ContractResolver = new DefaultContractResolver { NamingStrategy = names },
    });

    private static AwsService Json(string name, string target) => new(name) { Target = target };

    private static AwsService Query(string name, string version) => new(name) { Version = version };

    private static AwsService Rest(string name) => new(name);
}
