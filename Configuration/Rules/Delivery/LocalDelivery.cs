using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

internal static class LocalDelivery
{
    [Rule("delivery/local-principals", "Who may deliver locally is a user or role of the environment's own account.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        IReadOnlyList<string> principals = config.GitHub?.LocalDelivery?.Principals ?? [];
        for (int i = 0; i < principals.Count; i++)
            if (principals[i].Split(':') is [_, _, _, _, var account, ..] && account != config.Account)
                yield return new RuleViolation(
                    ConfigPath.Item("github.localDelivery.principals", i),
                    $"{Scalars.Show(principals[i])} is of account {account}; list users and roles of {config.Account}", "account");
    }
}
