using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchMetricAlarm;
using HashiCorp.Cdktf.Providers.Aws.DataAwsSsmParameter;
using HashiCorp.Cdktf.Providers.Aws.Eip;
using HashiCorp.Cdktf.Providers.Aws.Instance;
using HashiCorp.Cdktf.Providers.Aws.NetworkInterface;
using HashiCorp.Cdktf.Providers.Aws.Route;
using HashiCorp.Cdktf.Providers.Aws.SecurityGroup;
using HashiCorp.Cdktf.Providers.Aws.VpcSecurityGroupEgressRule;
using HashiCorp.Cdktf.Providers.Aws.VpcSecurityGroupIngressRule;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Networking;

/// <summary>
/// Internet access of private subnets through one small NAT instance that all zones share, at a tenth of the price of a NAT gateway: for
/// environments that can be without internet access for the minutes until AWS or the operator has replaced it.
/// </summary>
/// <remarks>
/// Address and routes belong to a network interface that outlives the instance. The instance needs no permissions in AWS, so it has no
/// role. A new AMI is used when the instance is recreated, by <c>sleep</c> and <c>wake</c> or <c>terraform apply -replace</c>; it is never
/// replaced automatically during the day.
/// https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html
/// </remarks>
internal sealed class NatInstance : Construct
{
    // Latest Amazon Linux 2023 for ARM: https://docs.aws.amazon.com/linux/al2023/ug/ec2.html#launch-via-aws-cli
    private const string ImageParameter = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

    private const string Script = "nat.sh";

    private readonly NatInstanceProps _props;
    private readonly List<ITerraformDependable> _egress = [];

    public NatInstance(Construct scope, string id, NatInstanceProps props) : base(scope, id)
    {
        _props = props;
        DeploymentContext context = props.Context;
        string interfaceId = Interface();
        ITerraformDependable[] address =
        [
            new Eip(this, "address", new EipConfig { Domain = "vpc", NetworkInterface = interfaceId, Tags = context.NameTag("nat") })
                .Named("nat"),
        ];
        Instance instance = new Instance(this, "instance", new InstanceConfig
        {
            Ami = new DataAwsSsmParameter(this, "image", new DataAwsSsmParameterConfig { Name = ImageParameter })
                .Named("nat_image").InsecureValue,
            InstanceType = props.Config.NatInstanceType,
            NetworkInterface = new[] { new InstanceNetworkInterface { DeviceIndex = 0, NetworkInterfaceId = interfaceId } },
            UserData = TerraformText.Literal(UserData(context.Region)),
            UserDataReplaceOnChange = true,
            MetadataOptions =
                new InstanceMetadataOptions { HttpEndpoint = "enabled", HttpTokens = "required", HttpPutResponseHopLimit = 1 },
            RootBlockDevice =
                new InstanceRootBlockDevice { Encrypted = true, KmsKeyId = context.KeyArn, VolumeType = "gp3", VolumeSize = 8 },
            MaintenanceOptions = new InstanceMaintenanceOptions { AutoRecovery = "default" },
            CreditSpecification = new InstanceCreditSpecification { CpuCredits = "standard" },
            Tags = context.NameTag("nat"),
            // The address first, because the first start installs a package. A new AMI does not replace the instance: see above.
            DependsOn = address,
            Lifecycle = new TerraformResourceLifecycle { IgnoreChanges = new[] { "ami" } },
        }).Named("nat");
        _egress.Add(instance);
        Alarm(instance.Id);

        foreach ((string zone, string table) in props.Config.Zones.Zip(props.PrivateRouteTableIds))
            _egress.Add(new Route(this, $"out-{zone}", new RouteConfig
            {
                RouteTableId = table,
                DestinationCidrBlock = "0.0.0.0/0",
                NetworkInterfaceId = interfaceId,
            }).Named($"out-{zone}"));
    }

    /// <summary>The instance, its security group rules, and the routes to it; resources that need internet access depend on them.</summary>
    public IReadOnlyList<ITerraformDependable> Egress => _egress;

    private string Interface()
    {
        DeploymentContext context = _props.Context;
        string group = new SecurityGroup(this, "group", new SecurityGroupConfig
        {
            Name = "nat-sg",
            Description = "NAT instance: what tasks send out",
            VpcId = _props.VpcId,
            Tags = context.NameTag("nat-sg"),
        }).Named("nat-sg").Id;
        const int port = SecurityGroups.OutboundPort;
        foreach ((string zone, string cidr) in _props.Config.Zones.Zip(_props.Config.PrivateSubnets))
            _egress.Add(new VpcSecurityGroupIngressRule(this, $"in-{zone}", new VpcSecurityGroupIngressRuleConfig
            {
                SecurityGroupId = group,
                IpProtocol = "tcp",
                FromPort = port,
                ToPort = port,
                CidrIpv4 = cidr,
                Description = $"Port {port} from the private subnet of zone {zone}",
            }).Named($"nat-private-{zone}"));
        _egress.Add(new VpcSecurityGroupEgressRule(this, "out", new VpcSecurityGroupEgressRuleConfig
        {
            SecurityGroupId = group,
            IpProtocol = "tcp",
            FromPort = port,
            ToPort = port,
            CidrIpv4 = "0.0.0.0/0",
            Description = $"Port {port} of whom private subnets speak to",
        }).Named("nat"));
        return new NetworkInterface(this, "interface", new NetworkInterfaceConfig
        {
            SubnetId = _props.PublicSubnetId,
            SecurityGroups = [group],
            // It forwards packets that are not addressed to it.
            SourceDestCheck = false,
            Description = "NAT instance",
            Tags = context.NameTag("nat"),
        }).Named("nat").Id;
    }

    /// <summary>
    /// User data, which runs at the first start: <c>nat.sh</c>, which probes the Region's STS endpoint to check internet access.
    /// </summary>
    internal static string UserData(string region)
    {
        using Stream script = typeof(NatInstance).Assembly.GetManifestResourceStream(Script)
            ?? throw new InvalidOperationException($"{Script} is not a resource of this assembly");
        using var reader = new StreamReader(script);
        return reader.ReadToEnd().Replace("@PROBE@", $"https://sts.{region}.amazonaws.com", StringComparison.Ordinal);
    }

    // AWS recovers the instance automatically after a host failure; an instance failure ends with a reboot. An instance that does not
    // forward traffic also fails this check: nat.sh takes its interface down.
    private void Alarm(string instanceId) => new CloudwatchMetricAlarm(this, "alarm", new CloudwatchMetricAlarmConfig
    {
        AlarmName = _props.Context.Names.For(NameRule.Alarm, "nat"),
        AlarmDescription =
            "The NAT instance fails its status checks or does not forward traffic: private subnets do not reach the internet. It is "
                + "rebooted.",
        Namespace = "AWS/EC2",
        MetricName = "StatusCheckFailed_Instance",
        Dimensions = new Dictionary<string, string> { ["InstanceId"] = instanceId },
        Statistic = "Maximum",
        Period = 60,
        EvaluationPeriods = 3,
        ComparisonOperator = "GreaterThanThreshold",
        Threshold = 0,
        AlarmActions = [$"arn:aws:automate:{_props.Context.Region}:ec2:reboot", _props.AlertTopicArn],
        OkActions = [_props.AlertTopicArn],
    }).Named("nat");
}

internal sealed record NatInstanceProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Zones, private subnets and the instance's type.</summary>
    public required NetworkConfig Config { get; init; }

    /// <summary>VPC of the instance.</summary>
    public required string VpcId { get; init; }

    /// <summary>Subnet of the instance.</summary>
    public required string PublicSubnetId { get; init; }

    /// <summary>Route tables that get the default route, in the order of the zones.</summary>
    public required IReadOnlyList<string> PrivateRouteTableIds { get; init; }

    /// <summary>Topic that is notified when it fails.</summary>
    public required string AlertTopicArn { get; init; }
}
