using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Domains;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Deployment;

/// <summary>
/// The step before base in a first deployment with a domain: it creates the zone, requests the certificates, shows the DNS record that the
/// user has to enter, and checks the DNS for it. Base then waits for certificates that can be issued. The step can be repeated at any time.
/// </summary>
/// <param name="context">Context of the run.</param>
/// <param name="session">Session with the environment.</param>
/// <param name="runner">Runs Terraform.</param>
/// <param name="again">Command that continues.</param>
/// <param name="within">How long to wait; null means <see cref="DomainDelegation.Longest"/> in a terminal, otherwise zero.</param>
internal sealed class DomainStep(RunContext context, DeploymentSession session, StackRunner runner, string again, TimeSpan? within = null)
{
    private const string Issued = "aws_acm_certificate_validation.certificate";

    private static readonly TimeSpan PollingInterval = TimeSpan.FromSeconds(15);

    // These do not wait for DNS records outside Terraform.
    private static readonly string[] Types = ["aws_route53_zone", "aws_acm_certificate"];

    private StackFolder Base => session.Stack(StackNames.Base);

    /// <summary>Whether the user has to enter a record: the zone is created by base, or the DNS is managed elsewhere.</summary>
    public static bool IsNeeded(EnvironmentConfig config) => config.Domain is { Zone: not ZoneSource.Existing };

    /// <summary>
    /// Whether a deployment has this step. The emulator issues certificates automatically and is not part of the public DNS, so that it is
    /// checked only against a DNS server that was named.
    /// </summary>
    public static bool IsNeeded(RunContext context, DeploymentSession session) =>
        IsNeeded(session.Environment.Config) && (!session.OnEmulator || context.Variables[DnsLookup.ServerVariable] is not null);

    /// <summary>Addresses whose attributes contain the record: the zone and the certificate requests.</summary>
    internal static IReadOnlyList<string> Targets(JObject stack) =>
    [
        .. Types.SelectMany(
            type => (stack.SelectToken($"resource.{type}") as JObject ?? []).Properties().Select(resource => $"{type}.{resource.Name}")),
    ];

    /// <returns>A summary line.</returns>
    public async Task<string> RunAsync()
    {
        if (await IsIssuedAsync())
            return "domain: certificate issued";
        StackPlan plan = await runner.PlanAsync(Base, mode: new PlanMode { Targets = Targets(Base.Json) });
        await runner.ApplyAsync(plan);
        return await CheckAsync();
    }

    /// <summary>Stops a deployment that would wait for a certificate that cannot be issued.</summary>
    public async Task RequireAsync()
    {
        if (!await IsIssuedAsync())
            await CheckAsync();
    }

    private async Task<string> CheckAsync()
    {
        DomainConfig domain = session.Environment.Config.Domain!;
        DomainRecord record =
            DomainRecord.Of(domain, BaseOperatorOutputs.Read(await session.State.OutputsAsync(Base.StateKey, context.Stopping)))
            ?? throw OperationException.BadInput(
                $"no certificate for {domain.Name} was requested yet, so its DNS validation record is not known", $"run first: {again}");
        if (!IsNeeded(context, session))
        {
            return $"domain: {record.Name} {record.Type} {string.Join(", ", record.Values)}; not checked, because the emulator is not in "
                + "the public DNS";
        }

        var lookup = new DnsLookup(context.Runner, context.Variables[DnsLookup.ServerVariable]);
        TimeSpan wait = within ?? (context.Reporter.Interactive ? DomainDelegation.Longest : TimeSpan.Zero);
        return await new DomainDelegation(context.Reporter, lookup.FindAsync, wait, PollingInterval, context.Stopping)
            .CheckAsync(record, again);
    }

    private async Task<bool> IsIssuedAsync() =>
        (await session.State.AddressesAsync(Base.StateKey, context.Stopping)).Contains(Issued, StringComparer.Ordinal);
}
