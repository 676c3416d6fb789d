using Infra.Operations.Domains;
using Infra.Tests.Operations.Support;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Domains;

/// <summary>Sends real DNS queries to a server on the loopback interface.</summary>
[Property("Finding", "A20")]
internal sealed class DnsLookupTests
{
    [TestCase("example.com", new[] { "ns-1.awsdns.com", "ns-2.awsdns.net" })]
    [TestCase("other.example", new string[0])]
    public async Task Find_GivesTheNameServers_OrNone(string name, string[] expected)
    {
        using var host = new TestHost();
        await using var server = new StubDnsServer();
        server.Delegate("example.com", "ns-1.awsdns.com", "ns-2.awsdns.net");

        Assert.That(await new DnsLookup(host.Context.Runner, server.Address).FindAsync("NS", name), Is.EquivalentTo(expected));
    }
}
