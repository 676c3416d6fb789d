using Infra.Configuration.Model;
using Infra.Configuration.Rules.Network;
using Infra.Configuration.Validation;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
[Property("Finding", "A22")]
public class ElasticAddressesTests
{
    private static EnvironmentConfig With(NatMode nat, int zones, string region = "us-east-1") => Samples.Environment with
    {
        Region = region,
        Network = new NetworkConfig { Nat = nat, Zones = [.. "abcdef".Take(zones).Select(letter => $"{letter}")] },
    };

    private static string[] Warnings(EnvironmentConfig own, params EnvironmentConfig[] others) =>
    [
        .. ElasticAddresses.Warn(own, new EnvironmentFolder(
            "environments/test.json", [.. others.Select((other, i) => new SiblingEnvironment($"environments/other{i}.json", other))], []))
            .Select(warning => warning.Message),
    ];

    [TestCase(NatMode.GatewayPerZone, 6, 1), TestCase(NatMode.GatewayPerZone, 5, 0), TestCase(NatMode.OneGateway, 6, 0),
        TestCase(NatMode.None, 6, 0)]
    public void OneEnvironment_AboveTheQuota_IsAWarning(NatMode nat, int zones, int expected) =>
        Assert.That(Warnings(With(nat, zones)),
            Has.Length.EqualTo(expected).And.All.Contains($"needs {zones} Elastic IP addresses").And.All.Contains("L-0263D0A3"));

    [Test]
    public void EnvironmentsOfOneAccountAndRegion_ShareTheQuota() =>
        Assert.That(Warnings(With(NatMode.GatewayPerZone, 3), With(NatMode.GatewayPerZone, 3)).Single(),
            Does.StartWith("needs 3 Elastic IP addresses, with other0 6; a region of an account has 5"));

    [Test]
    public void AnotherRegionOrAccount_HasItsOwnQuota()
    {
        Assert.That(Warnings(With(NatMode.GatewayPerZone, 3), With(NatMode.GatewayPerZone, 3, "us-west-2")), Is.Empty);
        Assert.That(Warnings(With(NatMode.GatewayPerZone, 3), With(NatMode.GatewayPerZone, 3) with { Account = "222222222222" }), Is.Empty);
    }

    [Test]
    public void LocalAws_HasNoQuota() => Assert.That(Warnings(With(NatMode.GatewayPerZone, 6) with { Emulator = true }), Is.Empty);
}
