using System.Globalization;
using System.Xml.Linq;
using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>Actions of Amazon EC2. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html</summary>
internal sealed class Ec2Client(AwsAccess access)
{
    private readonly AwsApi _ec2 = access.Api("ec2");

    /// <summary>Rules of security groups.</summary>
    public async Task<IReadOnlyList<SecurityGroupRule>> RulesAsync(IReadOnlyList<string> groups, CancellationToken cancellation)
    {
        var rules = new List<SecurityGroupRule>();
        var parameters = new Dictionary<string, string> { ["Filter.1.Name"] = "group-id", ["MaxResults"] = "1000" };
        foreach ((int index, string group) in groups.Index())
            parameters[$"Filter.1.Value.{(index + 1).ToString(CultureInfo.InvariantCulture)}"] = group;
        await foreach (XElement page in _ec2.QueryPagesAsync("DescribeSecurityGroupRules", parameters, "NextToken", cancellation))
            rules.AddRange(page.Descendants("securityGroupRuleSet").Elements("item").Select(SecurityGroupRule.Of));
        return rules;
    }
}

/// <summary>A rule of a security group.</summary>
/// <param name="Group">Group that it belongs to.</param>
/// <param name="IsEgress">Whether it allows outgoing traffic.</param>
/// <param name="Protocol"><c>tcp</c>, or <c>-1</c> for all.</param>
/// <param name="FromPort">First port; -1 means all.</param>
/// <param name="ToPort">Last port.</param>
/// <param name="Peer">Group at the other end; null if it is a range of addresses.</param>
/// <param name="Cidr">Range of addresses at the other end; null if it is a group.</param>
internal sealed record SecurityGroupRule(
    string Group, bool IsEgress, string Protocol, int FromPort, int ToPort, string? Peer, string? Cidr)
{
    /// <summary>Whether it allows TCP connections on a port with members of another group.</summary>
    public bool Allows(int port, string peer) =>
        Protocol is "-1" or "tcp" && (Protocol == "-1" || FromPort == -1 || (FromPort <= port && port <= ToPort))
            && (Peer == peer || Cidr == "0.0.0.0/0");

    public static SecurityGroupRule Of(XElement element) => new(
        (string)element.Element("groupId")!,
        (string?)element.Element("isEgress") == "true",
        (string?)element.Element("ipProtocol") ?? "",
        (int?)element.Element("fromPort") ?? -1,
        (int?)element.Element("toPort") ?? -1,
        (string?)element.Element("referencedGroupInfo")?.Element("groupId"),
        (string?)element.Element("cidrIpv4"));
}
