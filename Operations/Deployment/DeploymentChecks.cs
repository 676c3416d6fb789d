using Infra.Configuration.Derived;
using Infra.Contracts;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Secrets;
using Infra.Operations.Sessions;
using Infra.Operations.Smoke;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>What a deployment does beside Terraform: secrets that must exist, images that are to run, smoke tests.</summary>
internal sealed class DeploymentChecks
{
    private readonly RunContext _context;
    private readonly DeploymentSession _target;
    private readonly SecretsCommand _secrets;

    public DeploymentChecks(RunContext context, DeploymentSession target)
    {
        _context = context;
        _target = target;
        _secrets = new SecretsCommand(context, target.Environment, target.Access, target.OnEmulator);
    }

    /// <summary>Whether a person gives values to secrets.</summary>
    public bool NeedsSecrets => _secrets.Given.Count > 0;

    public Task<string> SecretsAsync() => _secrets.EnsureAsync();

    /// <summary>Looks whether what the ledger says is still in the registry: a task that cannot pull its image fails minutes later, and with less to go by.</summary>
    public async Task<string> ImagesAsync()
    {
        var ledger = new ReleaseLedger(_target.Access);
        int released = 0;
        Application[] applications = [.. Application.Of(_target.Environment.Config).OrderBy(application => application.Name, StringComparer.Ordinal)];
        foreach (Application application in applications)
        {
            string service = application.Name;
            LedgerEntry entry = await ledger.CurrentAsync(_target.Environment.Names.Release(service), _context.Stopping);
            if (entry.Value == ReleaseParameter.NothingReleased)
            {
                _context.Reporter.Line($"  {service}: nothing was released yet, {(application.IsAgent ? "it is not there" : "the placeholder runs")}");
                continue;
            }

            var registry = new ImageRegistry(_target.Access, _target.Environment.Names.Repository(application.Repository));
            if (await registry.FindAsync(entry.Value, null, _context.Stopping) is null)
                throw OperationException.Failed($"{service} is to run {entry.Value}, which repository {registry.Repository} has no more", $"release another: ./infra release {service} IMAGE@DIGEST");
            _context.Reporter.Line($"  {service}: {ImageReference.Short(entry.Value)}");
            released++;
        }

        int placeholders = applications.Length - released;
        return $"images: {released} released{(placeholders > 0 ? $", {placeholders} not yet" : "")}";
    }

    public async Task<string> SmokeAsync()
    {
        var run = new SmokeRun(
            _context, _target.Environment, _target.Access, _target.OnEmulator,
            await DeployedOutputs.ReadAsync(_target.State, _target.Environment.Names, _context.Stopping));
        await run.PassAsync(service: null);
        return "smoke: passed";
    }
}
