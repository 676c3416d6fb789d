using Infra.Insight.Graph;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Overview;

/// <summary>Something that can be reached from outside the VPC, and by which ports.</summary>
/// <param name="Name">Name in AWS.</param>
/// <param name="Kind">AWS's name of its kind.</param>
/// <param name="Ports">Ports and protocol: <c>443 (tcp)</c>.</param>
/// <param name="From">Who reaches it: the internet, or address ranges.</param>
/// <param name="Protection">Name of the WAF web ACL in front of it; null if it has none.</param>
/// <param name="Address">Stack and address in Terraform.</param>
public sealed record PublicEntry(string Name, string Kind, string Ports, string From, string? Protection, MappedAddress Address)
{
    private const string Internet = "the internet";

    /// <summary>
    /// Load balancers, instances and databases by the rules of their security groups; distributions, APIs and sign-in pages, which AWS
    /// serves to the internet. Access by credentials of AWS is in the report of <c>./infra access</c>.
    /// </summary>
    public static IReadOnlyList<PublicEntry> Of(IReadOnlyList<StackJson> stacks)
    {
        var resources = new GraphResources(stacks);
        return
        [
            .. BySecurityGroups(resources).Concat(Served(resources))
                .OrderBy(entry => entry.Address.ToString(), StringComparer.Ordinal).ThenBy(entry => entry.Ports, StringComparer.Ordinal)
                .ThenBy(entry => entry.From, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<PublicEntry> BySecurityGroups(GraphResources resources) =>
        from rule in resources.All
        where rule.Type == "aws_vpc_security_group_ingress_rule"
        let arguments = resources.Element(rule).Arguments
        let source = (string?)arguments["cidr_ipv4"] ?? (string?)arguments["cidr_ipv6"]
        let securityGroup = resources.Named(rule, "security_group_id")
        where source is not null && securityGroup is not null
        from target in resources.All
        where HasPublicAddress(target, resources.Element(target).Arguments) && target.DependsOn.Contains(securityGroup.Address)
        select Entry(resources, target, PortsOf(arguments), source is "0.0.0.0/0" or "::/0" ? Internet : source);

    private static bool HasPublicAddress(MappedResource resource, JObject arguments) => resource.Type switch
    {
        "aws_lb" => (bool?)arguments["internal"] != true,
        "aws_instance" => (bool?)arguments["associate_public_ip_address"] == true,
        "aws_db_instance" => (bool?)arguments["publicly_accessible"] == true,
        _ => false,
    };

    private static IEnumerable<PublicEntry> Served(GraphResources resources) =>
        from resource in resources.All
        let ports = resource.Type switch
        {
            "aws_cloudfront_distribution" => ViewerPorts(resources.Element(resource).Arguments),
            "aws_apigatewayv2_api" or "aws_api_gateway_rest_api" or "aws_cognito_user_pool_domain" or "aws_lambda_function_url" =>
                "443 (tcp)",
            _ => null,
        }
        where ports is not null
        select Entry(resources, resource, ports, Internet);

    private static string ViewerPorts(JObject distribution) =>
        (string?)distribution.SelectToken("default_cache_behavior.viewer_protocol_policy") switch
        {
            "https-only" => "443 (tcp)",
            "redirect-to-https" => "443 (tcp), 80 redirects to it",
            _ => "80, 443 (tcp)",
        };

    private static PublicEntry Entry(GraphResources resources, MappedResource resource, string ports, string from) => new(
        GraphBuilder.NameOf(resources, resource), KindOf(resource.Type), ports, from, WebAcl(resources, resource), resource.Address);

    private static string KindOf(string type) => type switch
    {
        "aws_cognito_user_pool_domain" => "Cognito sign-in page",
        "aws_lambda_function_url" => "Lambda function URL",
        _ => DrawnType.Of(type)?.Label ?? type,
    };

    private static string PortsOf(JObject rule) => (string?)rule["ip_protocol"] is "-1"
        ? "all ports"
        : (string?)rule["from_port"] == (string?)rule["to_port"]
            ? $"{rule["from_port"]} ({rule["ip_protocol"]})"
            : $"{rule["from_port"]} to {rule["to_port"]} ({rule["ip_protocol"]})";

    private static string? WebAcl(GraphResources resources, MappedResource resource) =>
        resources.DependsOn(resource)
            .Concat(resources.All.Where(each => each.Type == "aws_wafv2_web_acl_association" && each.DependsOn.Contains(resource.Address))
                .SelectMany(resources.DependsOn))
            .FirstOrDefault(each => each.Type == "aws_wafv2_web_acl") is { } found
                ? GraphBuilder.NameOf(resources, found)
                : null;
}
