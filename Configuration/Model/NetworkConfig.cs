using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Runtime.Serialization;

namespace Infra.Configuration.Model;

/// <summary>The VPC and its subnets, one public and one private in each zone.</summary>
public sealed record NetworkConfig
{
    [Description("create: base creates the VPC. none: no VPC, for environments without services and databases (layers, sites, buckets).")]
    public VpcSource Vpc { get; init; } = VpcSource.Create;

    [Description("CIDR block of the VPC, a private block from /16 to /24.")]
    public string Cidr { get; init; } = "10.0.0.0/16";

    [Description("Availability Zones by their letter; load balancers need two.")]
    [MinLength(2)]
    [MaxLength(6)]
    [RegularExpression("[a-f]", ErrorMessage = "the letter of a zone, a to f")]
    public IReadOnlyList<string> Zones { get; init; } = ["a", "b"];

    [Description(
        "Public subnets, one for each zone, /27 or larger. Default: the second, third, … 256th of the VPC (10.0.1.0/24, 10.0.2.0/24); "
            + "of a VPC smaller than /19 the first, second, … 16th.")]
    public IReadOnlyList<string> PublicSubnets { get; init; } = [];

    [Description(
        "Private subnets, one for each zone, /27 or larger. Default: the eleventh, twelfth, … 256th of the VPC (10.0.10.0/24, "
            + "10.0.11.0/24); of a VPC smaller than /19 the ninth, tenth, … 16th.")]
    public IReadOnlyList<string> PrivateSubnets { get; init; } = [];

    [Description(
        "Internet access of private subnets. single: one NAT gateway. perZone: one NAT gateway in each zone, which survives the loss of "
            + "a zone. instance: a small EC2 instance, at a tenth of the price, unavailable for minutes when it is replaced. none: only "
                + "S3, DynamoDB and interface endpoints.")]
    public NatMode Nat { get; init; } = NatMode.OneGateway;

    [Description("Type of the NAT instance; ARM.")]
    [AllowedValues("t4g.nano", "t4g.micro", "t4g.small", "t4g.medium", "c7gn.medium", "c7gn.large")]
    public string NatInstanceType { get; init; } = "t4g.nano";

    [Description(
        "AWS services with an interface endpoint in the VPC, each charged per hour and zone; S3 and DynamoDB always have a gateway "
            + "endpoint, free of charge. Without NAT, list every service that the environment needs.")]
    [AllowedValues(
        "application-autoscaling", "athena", "bedrock-agent-runtime", "bedrock-agentcore", "bedrock-runtime", "cognito-idp", "ecr.api",
        "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry", "elasticloadbalancing", "email-smtp", "events", "execute-api", "kinesis-streams",
        "kms", "lambda", "logs", "monitoring", "rds", "secretsmanager", "sns", "sqs", "ssm", "ssmmessages", "states", "sts", "xray",
        ErrorMessage = "a service with an interface endpoint")]
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    [Description("Whether VPC Flow Logs are written for accepted and rejected traffic.")]
    public bool FlowLogs { get; init; } = true;
}

/// <summary>Whether the environment has a VPC.</summary>
public enum VpcSource { Create, None }

/// <summary>Internet access of private subnets.</summary>
public enum NatMode
{
    [EnumMember(Value = "single")]
    OneGateway,

    [EnumMember(Value = "perZone")]
    GatewayPerZone,
    Instance,
    None,
}
