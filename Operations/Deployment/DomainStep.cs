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
/// What a first deployment with a domain does before base: it makes the zone and requests the certificates, shows the DNS record that somebody has to
/// enter, and checks the DNS for it. Base then waits for certificates that can be issued. It can be repeated at any time.
/// </summary>
internal sealed class DomainStep(RunContext context, DeploymentSession target, StackRunner runner, string again)
{
    private const string Issued = "aws_acm_certificate_validation.certificate";

    // Nothing in these waits for the DNS of others.
    private static readonly string[] Types = ["aws_route53_zone", "aws_acm_certificate"];

    private StackFolder Base => target.Stack(StackNames.Base);

    /// <summary>Whether somebody has to enter a record: the zone is made here, or the DNS is managed elsewhere.</summary>
    public static bool IsNeeded(EnvironmentConfig config) => config.Domain is { Zone: not "existing" };

    /// <summary>Addresses that make the record known: the zone and the requests for certificates.</summary>
    internal static IReadOnlyList<string> Targets(JObject stack) =>
    [
        .. Types.SelectMany(type => (stack.SelectToken($"resource.{type}") as JObject ?? []).Properties().Select(resource => $"{type}.{resource.Name}")),
    ];

    /// <returns>One line of what was found or done.</returns>
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
        DomainConfig domain = target.Environment.Config.Domain!;
        DomainRecord record = DomainRecord.Of(domain, BaseOperatorOutputs.Read(await target.State.OutputsAsync(Base.StateKey, context.Stopping)))
            ?? throw OperationException.BadInput($"no certificate of {domain.Name} is requested yet, so the DNS record that it needs is not known", $"first: {again}");
        // The local AWS issues certificates by itself, and is asked by no DNS.
        return target.OnEmulator
            ? $"domain: {record.Name} {record.Type} {string.Join(", ", record.Values)}; not looked for, since the local AWS is not in the DNS"
            : await new DomainDelegation(context.Reporter, new DnsLookup(context.Runner).FindAsync).CheckAsync(record, again);
    }

    private async Task<bool> IsIssuedAsync() =>
        (await target.State.AddressesAsync(Base.StateKey, context.Stopping)).Contains(Issued, StringComparer.Ordinal);
}
