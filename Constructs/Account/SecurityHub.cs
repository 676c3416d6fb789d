using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.SecurityhubAccount;
using HashiCorp.Cdktf.Providers.Aws.SecurityhubStandardsSubscription;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Account;

/// <summary>Security Hub with only the configured standards enabled.</summary>
internal static class SecurityHub
{
    /// <param name="scope">Parent construct.</param>
    /// <param name="logicalId">Logical id of the hub; those of the standards start with it.</param>
    /// <param name="region">Region that Security Hub checks.</param>
    /// <param name="standards">Last part of the standards' ARNs: <c>cis-aws-foundations-benchmark/v/3.0.0</c>.</param>
    /// <param name="recording">The AWS Config recording, where this project turns it on; without it, controls fail at first.</param>
    public static void Add(
        Construct scope, string logicalId, string region, IReadOnlyList<string> standards, ITerraformDependable? recording)
    {
        SecurityhubAccount hub = new SecurityhubAccount(scope, "hub", new SecurityhubAccountConfig
        {
            EnableDefaultStandards = false,
            AutoEnableControls = true,
            // One finding per control, even if several standards contain it.
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
