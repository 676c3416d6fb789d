using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Account;

/// <summary>The account is bootstrapped.</summary>
internal sealed class BootstrapExists() : AccountCheck("bootstrap", "The state bucket and the roles of the account exist")
{
    public override async Task<CheckResult> CheckAsync(AccountAccess account, CancellationToken cancellation) =>
        await account.State.ExistsAsync(cancellation)
            ? CheckResult.Met(account.State.Name)
            : CheckResult.NotMet(
                $"bucket {account.State.Name} does not exist",
                $"./infra bootstrap --env {account.Config.Name}, with administrator permissions");
}
