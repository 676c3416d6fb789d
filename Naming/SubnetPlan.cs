namespace Infra.Naming;

/// <summary>Default subnets of a VPC: always the same for the same VPC and number of zones.</summary>
/// <param name="Public">One for each zone.</param>
/// <param name="Private">One for each zone.</param>
public sealed record SubnetPlan(IReadOnlyList<Cidr> Public, IReadOnlyList<Cidr> Private)
{
    /// <summary>
    /// Smallest subnet that a load balancer supports.
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones
    /// </summary>
    public const int LongestPrefix = 27;

    /// <summary>Smallest VPC that can be planned: its sixteen parts are <see cref="LongestPrefix"/>.</summary>
    public const int LongestVpcPrefix = 23;

    private const int MostZones = 6;

    /// <summary>
    /// A VPC up to /19 is split into 256 parts, of which the second and following are public and the eleventh and following private
    /// (10.0.1.0/24 and 10.0.10.0/24 of 10.0.0.0/16); a smaller one into 16 parts, public from the first, private from the ninth.
    /// </summary>
    /// <param name="vpc">CIDR block of the VPC, up to /23.</param>
    /// <param name="zones">Number of zones, 1 to 6.</param>
    /// <exception cref="ArgumentOutOfRangeException">The VPC is too small or there are too many zones.</exception>
    public static SubnetPlan For(Cidr vpc, int zones)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vpc.PrefixLength, LongestVpcPrefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(zones, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(zones, MostZones);
        return vpc.PrefixLength + 8 <= LongestPrefix
            ? new SubnetPlan(Parts(8, 1), Parts(8, 10))
            : new SubnetPlan(Parts(4, 0), Parts(4, 8));

        IReadOnlyList<Cidr> Parts(int addedBits, int first) =>
            [.. Enumerable.Range(first, zones).Select(index => vpc.Subnet(addedBits, index))];
    }
}
