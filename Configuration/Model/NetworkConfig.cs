using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>The VPC and its subnets, one public and one private in each zone.</summary>
public sealed record NetworkConfig
{
    [Description("Addresses of the VPC, a private block from /16 to /24.")]
    public string Cidr { get; init; } = "10.0.0.0/16";

    [Description("Availability zones by their letter; load balancers need two.")]
    [MinLength(2)]
    [MaxLength(6)]
    [RegularExpression("[a-f]", ErrorMessage = "the letter of a zone, a to f")]
    public IReadOnlyList<string> Zones { get; init; } = ["a", "b"];

    [Description("Public subnets, one for each zone, /27 or larger. Default: the second, third, … 256th of the VPC (10.0.1.0/24, 10.0.2.0/24); of a VPC smaller than /19 the first, second, … 16th.")]
    public IReadOnlyList<string> PublicSubnets { get; init; } = [];

    [Description("Private subnets, one for each zone, /27 or larger. Default: the eleventh, twelfth, … 256th of the VPC (10.0.10.0/24, 10.0.11.0/24); of a VPC smaller than /19 the ninth, tenth, … 16th.")]
    public IReadOnlyList<string> PrivateSubnets { get; init; } = [];

    [Description("NAT for private subnets. single: one, cheaper. perZone: one in each zone, survives the loss of a zone. none: no way out.")]
    [AllowedValues("single", "perZone", "none")]
    public string Nat { get; init; } = "single";

    [Description("Whether accepted and rejected connections are logged.")]
    public bool FlowLogs { get; init; } = true;
}
