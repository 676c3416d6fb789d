using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// A CodePipeline that brings each commit of a branch through environments of other accounts. An environment that has one is made of
/// nothing else: its account is the tools account.
/// </summary>
public sealed record PipelineConfig
{
    [Description("Connection to the host of the repository, in this account. A person makes it once in the console (Developer Tools, Connections) and agrees to it at the host, which no API can.")]
    [RegularExpression("arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:connection/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", ErrorMessage = "the ARN of a connection: arn:aws:codeconnections:REGION:ACCOUNT:connection/ID")]
    public required string ConnectionArn { get; init; }

    [Description("Owner and name of the repository that holds this code and the applications, for example acme/awslegalpoc.")]
    [RegularExpression("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+", ErrorMessage = "owner/name of a repository")]
    public required string Repository { get; init; }

    [Description("Branch whose commits start it.")]
    [RegularExpression("[A-Za-z0-9._/-]+", ErrorMessage = "a branch name without refs/heads/ and wildcards")]
    public string Branch { get; init; } = "main";

    [Description("Environments that a commit goes through, in this order, by the names of their files beside this one. Each says deployedFrom. People approve before each that is production.")]
    [MinLength(1)]
    [RegularExpression("[a-z]([a-z0-9-]{0,14}[a-z0-9])?", ErrorMessage = "the name of an environment")]
    public required IReadOnlyList<string> Promotes { get; init; }

    [Description("Addresses that are asked before production and told how each run ended; each confirms once.")]
    [RegularExpression("[^@\\s]+@[^@\\s]+\\.[^@\\s]+", ErrorMessage = "an e-mail address")]
    public IReadOnlyList<string> ApprovalEmails { get; init; } = [];

    [Description("Images that a run builds once and deploys to every environment by digest, by the repository of the environments that takes them.")]
    [Keys("[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*", "a repository name of lower-case letters and digits, parted by one of . _ - /")]
    public IReadOnlyDictionary<string, PipelineImageConfig> Images { get; init; } = new Dictionary<string, PipelineImageConfig>();

    [Description("Minutes after which a build, a deployment or a smoke test is ended.")]
    [Range(5, 480)]
    public int TimeoutMinutes { get; init; } = 60;

    [Description("Days that sources and results of runs are kept.")]
    [Range(1, 3650)]
    public int ArtifactDays { get; init; } = 30;
}
