using System.Xml.Linq;
using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of Elastic Load Balancing. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html
/// </summary>
internal sealed class LoadBalancingClient(AwsAccess access)
{
    private readonly AwsApi _elb = access.Api("elasticloadbalancing");

    /// <summary>Load balancers that forward to a target group.</summary>
    public async Task<IReadOnlyList<string>> LoadBalancersOfAsync(string targetGroupArn, CancellationToken cancellation) =>
        Members(
            await _elb.QueryAsync(
                "DescribeTargetGroups", new Dictionary<string, string> { ["TargetGroupArns.member.1"] = targetGroupArn }, cancellation),
            "LoadBalancerArns");

    /// <summary>Security groups of a load balancer.</summary>
    public async Task<IReadOnlyList<string>> SecurityGroupsOfAsync(string loadBalancerArn, CancellationToken cancellation) =>
        Members(
            await _elb.QueryAsync(
                "DescribeLoadBalancers", new Dictionary<string, string> { ["LoadBalancerArns.member.1"] = loadBalancerArn }, cancellation),
            "SecurityGroups");

    /// <summary>State of each target of a group: <c>healthy</c>, or <c>unhealthy: Target.Timeout</c>.</summary>
    public async Task<IReadOnlyList<string>> TargetHealthAsync(string targetGroupArn, CancellationToken cancellation) =>
    [
        .. (await _elb.QueryAsync(
            "DescribeTargetHealth", new Dictionary<string, string> { ["TargetGroupArn"] = targetGroupArn }, cancellation))
            .Descendants("TargetHealth").Select(health => string.Join(
                ": ",
                new[] { (string?)health.Element("State"), (string?)health.Element("Reason") }.Where(text => !string.IsNullOrEmpty(text)))),
    ];

    private static string[] Members(XElement answer, string list) =>
        [.. answer.Descendants(list).Elements("member").Select(member => member.Value)];
}
