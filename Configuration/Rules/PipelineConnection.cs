using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>The connection to the repository must be in the pipeline's account.</summary>
internal static class PipelineConnection
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        // arn:aws:codeconnections:region:account:connection/id
        if (config.Pipeline?.ConnectionArn.Split(':') is { Length: > 4 } parts && parts[4] != config.Account)
            yield return new RuleViolation(
                "pipeline.connectionArn",
                $"is of account {parts[4]}; the pipeline is in {config.Account}, and needs a connection of that account", "account");
    }
}
