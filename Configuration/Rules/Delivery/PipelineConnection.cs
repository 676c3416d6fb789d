using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

internal static class PipelineConnection
{
    [Rule("delivery/pipeline-connection", "The connection to the repository is in the pipeline's account.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        // arn:aws:codeconnections:region:account:connection/id
        if (config.Pipeline?.ConnectionArn.Split(':') is { Length: > 4 } parts && parts[4] != config.Account)
            yield return new RuleViolation(
                "pipeline.connectionArn",
                $"is of account {parts[4]}; the pipeline is in {config.Account}, and needs a connection of that account", "account");
    }
}
