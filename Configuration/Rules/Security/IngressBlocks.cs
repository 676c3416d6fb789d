using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Security;

internal static class IngressBlocks
{
    // Default quota of inbound rules per security group. Two ports (80 and 443) need two rules for each block.
    // https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
    private const int MostBlocks = 60 / 2;

    [Rule("security/ingress-cidrs", "Ingress CIDR blocks are valid, and not more than a security group allows.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        const string path = "security.ingressCidrs";
        IReadOnlyList<string> blocks = config.Security.IngressCidrs;
        if (blocks.Count > MostBlocks)
            yield return new RuleViolation(
                path, $"has {blocks.Count} blocks; a security group allows {MostBlocks} of them for HTTP and HTTPS");

        var earlier = new List<Cidr>();
        for (int i = 0; i < blocks.Count; i++)
        {
            string itemPath = ConfigPath.Item(path, i);
            if (Blocks.Problem(blocks[i], out Cidr block) is { } problem)
                yield return new RuleViolation(itemPath, problem);
            else if (earlier.Where(e => e.Overlaps(block)).Take(1).ToList() is [var other])
                yield return new RuleViolation(itemPath, $"{block} overlaps {other}; leave the smaller one out");
            else
                earlier.Add(block);
        }
    }
}
