using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;
using Infra.Operations.Secrets;

namespace Infra.Operations.Doctor.Account;

/// <summary>Secrets have values.</summary>
internal sealed class SecretsSet() : AccountCheck("secrets", "Every secret and secure parameter has a value")
{
    public override string? NotApplicable(EnvironmentConfig config) =>
        config.Secrets.Count + config.SecureParameters.Count == 0 ? "no secrets" : null;

    public override async Task<CheckResult> CheckAsync(AccountAccess account, CancellationToken cancellation)
    {
        IReadOnlyList<SecretValue> secrets = SecretValue.Of(account.Connection.Environment, account.Access);
        var missing = new List<string>();
        foreach (SecretValue secret in secrets)
        {
            if (await secret.IsThereAsync(cancellation) is not true)
                missing.Add($"{secret.Name} has no value");
        }

        return CheckResult.None(missing, $"{secrets.Count} with a value", $"./infra secrets set --env {account.Config.Name}");
    }
}
