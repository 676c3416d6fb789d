using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.AwsClients;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Account;

/// <summary>Services run a released image.</summary>
internal sealed class ImagesReleased() : AccountCheck("releases", "Every service and agent runs a released image")
{
    public override string? NotApplicable(EnvironmentConfig config) =>
        config.Services.Count + config.Agents.Count == 0 ? "no services or agents" : null;

    public override async Task<CheckResult> CheckAsync(AccountAccess account, CancellationToken cancellation)
    {
        var ssm = new SsmClient(account.Access);
        var missing = new List<string>();
        Application[] applications = [.. Application.Of(account.Config)];
        foreach (Application application in applications)
        {
            string? image = await ssm.FindParameterAsync(account.Names.Release(application.Name), cancellation);
            if (image is null or ReleaseParameter.NothingReleased)
                missing.Add($"{application.Name} was never released");
        }

        return CheckResult.None(missing, $"{applications.Length} released", $"./infra release SERVICE IMAGE --env {account.Config.Name}");
    }
}
