using Infra.Configuration.Model;
using Infra.Operations.Processes;

namespace Infra.Operations.Doctor.Readiness;

/// <summary>A check of the environment's GitHub repository; only reads.</summary>
internal abstract class GitHubCheck(string id, string requirement) : ReadinessCheck(id, requirement)
{
    public sealed override string Source => "GitHub";

    /// <param name="config">The environment.</param>
    /// <param name="variables">Environment variables with GitHub's token.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public abstract Task<CheckResult> CheckAsync(EnvironmentConfig config, EnvironmentVariables variables, CancellationToken cancellation);
}
