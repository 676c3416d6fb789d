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
/// <param name="context">Context of the run.</param>
/// <param name="connection">What was deployed to.</param>
/// <param name="asTyped">The options that chose the environment.</param>
internal sealed class NextSteps(RunContext context, Connection connection, string asTyped)
{
    private Names Names => connection.Environment.Names;

    private EnvironmentConfig Config => connection.Environment.Config;

    /// <summary>Shows it after a deployment of runtime, which has succeeded, also if something of it cannot be read.</summary>
    public async Task ShowAsync()
    {
        try
        {
            await AddressesAsync();
            await StepsAsync();
        }
        catch (AwsApiException e)
        {
            context.Reporter.Warn($"the deployment is complete, but its addresses or releases cannot be read: {e.Message}");
        }
    }

    private async Task AddressesAsync()
    {
        string[] paths =
        [
            .. Config.Services.Where(service => service.Value.IsListening).Select(service => $"services/{service.Key}/url"),
            .. Config.Sites.Keys.Select(site => $"sites/{site}/url"),
        ];
        var parameters = new SsmClient(connection.Access);
        if (paths.Length > 0)
            context.Reporter.Step(connection.OnEmulator ? "addresses, which the local AWS does not serve" : "addresses");
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
    }

    private async Task StepsAsync()
    {
        var ledger = new ReleaseLedger(connection.Access);
        var unreleased = new List<string>();
        foreach (string application in Application.Of(Config).Select(each => each.Name).Order(StringComparer.Ordinal))
            if ((await ledger.FindAsync(Names.Release(application), context.Stopping))?.Value is null or ReleaseParameter.NothingReleased)
                unreleased.Add(application);
        context.Reporter.Step("next");
        foreach (string application in unreleased)
            context.Reporter.Line($"  ./infra release {application} IMAGE {asTyped}");
        context.Reporter.Line($"  ./infra status {asTyped}");
        context.Reporter.Line($"  ./infra outputs {asTyped}   ARNs and ids");
    }
}
