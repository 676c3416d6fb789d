using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Deployments are reviewed, not run with personal credentials.</summary>
internal sealed class ReviewedDeployments() : SettingsCheck("reviewed-deployments", "Deployments run in GitHub Actions or a pipeline")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.GitHub is { } github
            ? CheckResult.Met($"GitHub {github.Repository}, branch {github.Branch}")
            : config.DeployedFrom is { } pipeline
                ? CheckResult.Met($"pipeline of {pipeline}")
                : config.Pipeline is { } own
                    ? CheckResult.Met($"pipeline, branch {own.Branch}")
                    : CheckResult.NotMet("no section github, no deployedFrom", "\"github\": { \"repository\": OWNER/NAME }");
}
