using Infra.Configuration.Derived;
using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Messaging;

internal static class QueueReceivers
{
    [Rule("messaging/receivers", "A service or an agent receives from each queue.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config) =>
        from queue in config.Queues.Keys
        where !Application.Of(config).Any(application => QueueUse.Receives(application.Uses, queue))
        select new RuleViolation(
            ConfigPath.Join("queues", queue),
            $"has no receiver: no service or agent has {Scalars.Show($"{queue}:{QueueUse.Receive}")} in uses.queues", "services", "agents");
}
