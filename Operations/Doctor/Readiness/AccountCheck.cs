using Infra.Configuration.Model;

namespace Infra.Operations.Doctor.Readiness;

/// <summary>A check of the environment's account; only reads.</summary>
internal abstract class AccountCheck(string id, string requirement) : ReadinessCheck(id, requirement)
{
    public sealed override string Source => "AWS";

    /// <summary>Why the environment does not need it; null if it does.</summary>
    public virtual string? NotApplicable(EnvironmentConfig config) => null;

    public abstract Task<CheckResult> CheckAsync(AccountAccess account, CancellationToken cancellation);
}
