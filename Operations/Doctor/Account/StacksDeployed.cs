using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Account;

/// <summary>The environment is deployed.</summary>
internal sealed class StacksDeployed() : AccountCheck("deployed", "All stacks of the environment are deployed")
{
    public override async Task<CheckResult> CheckAsync(AccountAccess account, CancellationToken cancellation)
    {
        var missing = new List<string>();
        bool exists = await account.State.ExistsAsync(cancellation);
        foreach (string stack in account.Stacks)
        {
            if (!exists || !await account.State.HasStateAsync(account.Names.StateKey(stack), cancellation))
                missing.Add($"{stack} has no state");
        }

        return CheckResult.None(missing, string.Join(", ", account.Stacks), $"./infra deploy --env {account.Config.Name}");
    }
}
