using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Ledger;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>What a deployment ends with: where services and sites are reached, and what to do next.</summary>
internal sealed class NextSteps(RunContext context, DeploymentSession session)
{
    private Names Names => session.Environment.Names;

    /// <summary>Shows it after a deployment of runtime.</summary>
    public async Task ShowAsync()
    {
        EnvironmentConfig config = session.Environment.Config;
        string[] paths =
        [
            .. config.Services.Where(service => service.Value.IsListening).Select(service => $"services/{service.Key}/url"),
            .. config.Sites.Keys.Select(site => $"sites/{site}/url"),
        ];
        var parameters = new SsmClient(session.Access);
        if (paths.Length > 0)
            context.Reporter.Step(session.OnEmulator ? "addresses, which the local AWS does not serve" : "addresses");
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            try
            {
                string url = await parameters.GetParameterAsync(Names.Discovery(path), context.Stopping);
                context.Reporter.Line($"  {path.Split('/')[1]}: {url}");
            }
            catch (AwsApiException e) when (e.IsNotFound)
            {
                // A stack that is not deployed in this run, and was not before.
            }
        }

        context.Reporter.Step("next");
        foreach (string step in await StepsAsync(config))
            context.Reporter.Line($"  {step}");
    }

    private async Task<IReadOnlyList<string>> StepsAsync(EnvironmentConfig config)
    {
        var ledger = new ReleaseLedger(session.Access);
        var unreleased = new List<string>();
        foreach (string application in Application.Of(config).Select(each => each.Name).Order(StringComparer.Ordinal))
            if ((await ledger.FindAsync(Names.Release(application), context.Stopping))?.Value is null or ReleaseParameter.NothingReleased)
                unreleased.Add(application);
        return
        [
            .. unreleased.Select(application => $"./infra release {application} IMAGE {session.AsTyped}"),
            $"./infra status {session.AsTyped}",
            $"./infra outputs {session.AsTyped}   ARNs and ids",
        ];
    }
}
