using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// A CodePipeline that deploys each commit of a branch to environments of other accounts. An environment with a pipeline contains nothing
/// else: its account is the tools account.
/// </summary>
public sealed record PipelineConfig
{
    [Description(
        "Connection to the Git host of the repository, in this account. You create it once in the console (Developer Tools, "
            + "Connections) and authorize it at the Git host; there is no API for the latter.")]
    [RegularExpression(
        "arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:connection/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        ErrorMessage = "the ARN of a connection: arn:aws:codeconnections:REGION:ACCOUNT:connection/ID")]
    public required string ConnectionArn { get; init; }

    [Description("Owner and name of the repository with this code and the applications, for example acme/awslegalpoc.")]
    [RegularExpression("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+", ErrorMessage = "owner/name of a repository")]
    public required string Repository { get; init; }

    [Description("Branch whose commits start the pipeline.")]
    [RegularExpression("[A-Za-z0-9._/-]+", ErrorMessage = "a branch name without refs/heads/ and wildcards")]
    public string Branch { get; init; } = "main";

    [Description(
        "Environments that a commit is deployed to, in this order, by the names of their files in the same folder. Each sets "
            + "deployedFrom. Each production environment requires manual approval.")]
    [MinLength(1)]
    [RegularExpression("[a-z]([a-z0-9-]{0,14}[a-z0-9])?", ErrorMessage = "the name of an environment")]
    public required IReadOnlyList<string> Promotes { get; init; }

    [Description("Email addresses that are asked for approval and notified of the result of each execution; each must confirm once.")]
    [RegularExpression("[^@\\s]+@[^@\\s]+\\.[^@\\s]+", ErrorMessage = "an e-mail address")]
    public IReadOnlyList<string> ApprovalEmails { get; init; } = [];

    [Description("Images that an execution builds once and deploys to every environment by digest, by the environments' repository.")]
    [Keys("[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*",
        "a repository name of lower-case letters and digits, separated by one of . _ - /")]
    public IReadOnlyDictionary<string, PipelineImageConfig> Images { get; init; } = new Dictionary<string, PipelineImageConfig>();

    [Description(
        "Commands that test the applications, in the build that checks a commit: in bash, each in the root of the repository. The execution "
            + "ends at a command that fails, before anything is deployed.")]
    [RegularExpression(".*\\S.*", ErrorMessage = "a command that is not empty")]
    public IReadOnlyList<string> Tests { get; init; } = [];

    [Description("Minutes after which a build, a deployment or a smoke test is stopped.")]
    [Range(5, 480)]
    public int TimeoutMinutes { get; init; } = 60;

    [Description("Days that sources and artifacts of executions are retained.")]
    [Range(1, 3650)]
    public int ArtifactDays { get; init; } = 30;
}
