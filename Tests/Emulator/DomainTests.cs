using Infra.Operations.Aws;
using Infra.Operations.Domains;
using Infra.Operations.Output;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>A first deployment with a domain whose zone is delegated late: shown, waited for, interrupted, continued.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[Property("Finding", "A20"), Property("Row", "T-L5")]
internal sealed class DomainTests
{
    private const string Domain = "late.example.com";

    [Test]
    public async Task Deploy_ShowsTheNameServers_WaitsForTheDelegation_AndCanBeInterrupted()
    {
        await using var dns = new StubDnsServer();
        using var sandbox = new Sandbox();
        string file = sandbox.Environment("late", $$"""
            {
              "name": "late", "project": "moved", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true,
              "network": { "vpc": "none" }, "domain": { "name": "{{Domain}}", "zone": "create" }
            }
            """);
        (string, string)[] variables = [(DnsLookup.ServerVariable, dns.Address)];
        string[] deploy = ["deploy", "base", "--env", file, "--yes"];

        Run stopped = sandbox.InfraWith(variables, deploy);
        AwsAccess access = sandbox.Access("111111111111", "us-east-1");
        var state = new StateBucket(access, "moved-tfstate-111111111111", "moved-tfstate-lock");
        string[] created = [.. await state.AddressesAsync("moved/late/base", default)];
        Running interrupted = sandbox.Start(Path.Combine(Sandbox.Root, "infra"), [.. deploy, "--domain-wait", "75"], variables);
        interrupted.WaitFor("until the DNS has it");
        interrupted.Interrupt();
        Run afterInterrupt = interrupted.Wait();
        Running waiting = sandbox.Start(Path.Combine(Sandbox.Root, "infra"), [.. deploy, "--domain-wait", "75"], variables);
        waiting.WaitFor("until the DNS has it");
        // As a person would: what it shows is entered at the registrar.
        string[] nameServers =
        [
            .. waiting.Output.Split('\n').Where(line => line.StartsWith($"    {Domain}  NS  ", StringComparison.Ordinal))
                .Select(line => line.Split("  ")[^1].Trim()),
        ];
        dns.Delegate(Domain, nameServers);
        Run deployed = waiting.Wait();
        Run again = sandbox.InfraWith(variables, deploy);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stopped.ExitCode, Is.EqualTo((int)ExitCode.BadInput), stopped.Output);
            Assert.That(stopped.Output, Does.Contain($"    {Domain}  NS  ").And.Contain("left: domain, base").And.Contain(
                $"to continue: ./infra deploy --env {file} base"));
            Assert.That(created.Select(address => address.Split('.')[0]).Distinct(),
                Is.EquivalentTo(new[] { "aws_route53_zone", "aws_acm_certificate" }), "nothing that waits for the DNS");
            Assert.That(nameServers, Has.Length.EqualTo(4));
            Assert.That(afterInterrupt.ExitCode, Is.EqualTo((int)ExitCode.Interrupted), afterInterrupt.Output);
            Assert.That(afterInterrupt.Output,
                Does.Contain("the zone and the certificate requests stay").And.Contain($"./infra deploy --env {file}"));
            Assert.That(deployed.ExitCode, Is.Zero, deployed.Output);
            Assert.That(deployed.Output, Does.Contain($"domain: {Domain} has its NS records"));
            Assert.That(again.ExitCode, Is.Zero, again.Output);
            Assert.That(again.Output, Does.Contain("domain: certificate issued").And.Contain("base: nothing to do"));
        }
    }
}
