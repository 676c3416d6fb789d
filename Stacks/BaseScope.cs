using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Stacks;

/// <summary>
/// Input of the parts of the base stack. Their scope is the stack itself, because a construct in between would change every address.
/// </summary>
/// <param name="Stack">The stack.</param>
/// <param name="Context">The deployment, with the key of the environment.</param>
/// <param name="Config">The environment.</param>
internal sealed record BaseScope(AwsStack Stack, DeploymentContext Context, EnvironmentConfig Config)
{
    public int LogRetentionDays => Config.Observability.LogRetentionDays;
}
