using Infra.Configuration.Derived;
using Infra.Contracts;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Secrets;
using Infra.Operations.Sessions;
using Infra.Operations.Smoke;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>The steps of a deployment in addition to Terraform: checks of secrets and images, smoke tests.</summary>
internal sealed class DeploymentChecks
{
    private readonly RunContext _context;
    private readonly DeploymentSession _session;
    private readonly SecretsCommand _secrets;

    public DeploymentChecks(RunContext context, DeploymentSession session)
    {
        _context = context;
        _session = session;
        _secrets = new SecretsCommand(context, session.Environment, session.Access, session.OnEmulator);
    }

    /// <summary>Whether there are secrets whose values are set by the operator.</summary>
    public bool NeedsSecrets => _secrets.Given.Count > 0;

    public Task<string> SecretsAsync() => _secrets.EnsureAsync();

    /// <summary>
    /// Checks that the released images are still in the registry: a task that cannot pull its image fails minutes later, with a less
    /// helpful error.
    /// </summary>
    public async Task<string> ImagesAsync()
    {
        var ledger = new ReleaseLedger(_session.Access);
        int released = 0;
        Application[] applications =
            [.. Application.Of(_session.Environment.Config).OrderBy(application => application.Name, StringComparer.Ordinal)];
        foreach (Application application in applications)
        {
            string service = application.Name;
            LedgerEntry entry = await ledger.CurrentAsync(_session.Environment.Names.Release(service), _context.Stopping);
            if (entry.Value == ReleaseParameter.NothingReleased)
            {
                _context.Reporter.Line(
                    $"  {service}: nothing was released yet, {(application.IsAgent ? "it is not deployed" : "the placeholder image runs")}");
                continue;
            }

            var registry = new ImageRegistry(_session.Access, _session.Environment.Names.Repository(application.Repository));
            if (await registry.FindAsync(entry.Value, null, _context.Stopping) is null)
                throw OperationException.Failed(
                    $"{service} should run {entry.Value}, which is no longer in repository {registry.Repository}",
                    $"release another image: ./infra release {service} IMAGE@DIGEST");
            _context.Reporter.Line($"  {service}: {ImageReference.Short(entry.Value)}");
            released++;
        }

        int placeholders = applications.Length - released;
        return $"images: {released} released{(placeholders > 0 ? $", {placeholders} not yet" : "")}";
    }

    public async Task<string> SmokeAsync()
    {
        var run = new SmokeRun(
            _context, _session.Environment, _session.Access, _session.OnEmulator,
            await DeployedOutputs.ReadAsync(_session.State, _session.Environment.Names, _context.Stopping));
        await run.PassAsync(service: null);
        return "smoke: passed";
    }
}
