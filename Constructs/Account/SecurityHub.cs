using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.SecurityhubAccount;
using HashiCorp.Cdktf.Providers.Aws.SecurityhubStandardsSubscription;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Account;

/// <summary>Security Hub with the standards that were asked for, and no others.</summary>
internal static class SecurityHub
{
    /// <param name="scope">Construct it is part of.</param>
    /// <param name="logicalId">Address of the hub; those of the standards begin with it.</param>
    /// <param name="region">Region that is checked.</param>
    /// <param name="standards">Ends of the standards' ARNs: <c>cis-aws-foundations-benchmark/v/3.0.0</c>.</param>
    /// <param name="recording">AWS Config's recording, where this project turns it on; controls that find none fail at first.</param>
    public static void Add(Construct scope, string logicalId, string region, IReadOnlyList<string> standards, ITerraformDependable? recording)
    {
        SecurityhubAccount hub = new SecurityhubAccount(scope, "hub", new SecurityhubAccountConfig
        {
            EnableDefaultStandards = false,
            AutoEnableControls = true,
            // One finding for a control, however many standards have it.
            ControlFindingGenerator = "SECURITY_CONTROL",
            DependsOn = recording is null ? null : [recording],
        }).Named(logicalId);
        ITerraformDependable[] after = [hub];
        foreach (string standard in standards.Order(StringComparer.Ordinal))
        {
            string name = standard[..standard.IndexOf('/', StringComparison.Ordinal)];
            new SecurityhubStandardsSubscription(scope, name, new SecurityhubStandardsSubscriptionConfig
            {
                StandardsArn = $"arn:aws:securityhub:{region}::standards/{standard}",
                DependsOn = after,
            }).Named($"{logicalId}_{name}");
        }
    }
}
