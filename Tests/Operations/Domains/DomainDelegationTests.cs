using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Deployment;
using Infra.Operations.Domains;
using Infra.Operations.Output;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Domains;

[Property("Finding", "A20")]
internal sealed class DomainDelegationTests
{
    private const string Again = "./infra deploy --env dev";

    private static readonly Dictionary<string, JToken> Outputs = new()
    {
        ["name_servers"] = new JArray("ns-1.awsdns-01.com", "ns-2.awsdns-02.net"),
        ["certificate_validation"] =
            new JObject { ["name"] = "_1.example.com.", ["type"] = "CNAME", ["value"] = "_2.acm-validations.aws." },
    };

    private static BaseOperatorOutputs Base => BaseOperatorOutputs.Read(Outputs);

    private static DomainConfig Domain(ZoneSource zone) => new() { Name = "example.com", Zone = zone };

    [Test]
    public void Record_OfACreatedZone_IsItsNameServers()
    {
        DomainRecord record = DomainRecord.Of(Domain(ZoneSource.Create), Base)!;
        Assert.That($"{record.Name} {record.Type} {string.Join(' ', record.Values)}",
            Is.EqualTo("example.com NS ns-1.awsdns-01.com ns-2.awsdns-02.net"));
    }

    [Test]
    public void Record_WhereTheDnsIsElsewhere_IsTheValidationRecord()
    {
        DomainRecord record = DomainRecord.Of(Domain(ZoneSource.None), Base)!;
        Assert.That(
            $"{record.Name} {record.Type} {string.Join(' ', record.Values)}", Is.EqualTo("_1.example.com. CNAME _2.acm-validations.aws."));
    }

    [TestCase(ZoneSource.Existing), TestCase(ZoneSource.Create)]
    public void Record_ThatIsNotKnown_IsNone(ZoneSource zone) =>
        Assert.That(
            DomainRecord.Of(Domain(zone), zone == ZoneSource.Existing ? Base : BaseOperatorOutputs.Read(new Dictionary<string, JToken>())),
            Is.Null);

    [Test]
    public async Task Check_ShowsTheRecord_AndFindsIt()
    {
        using var host = new TestHost();

        string found = await Check(host, ZoneSource.Create, "NS-2.AWSDNS-02.NET.", "ns-1.awsdns-01.com");

        Assert.That(found, Is.EqualTo("domain: example.com has its NS records"));
        Assert.That(
            host.Output.ToString(), Does.Contain("example.com  NS  ns-1.awsdns-01.com").And.Contain(
                "example.com  NS  ns-2.awsdns-02.net").And.Contain("registrar"));
    }

    [TestCase(new string[0], "it has no such record")]
    [TestCase(new[] { "ns1.registrar.example" }, "it has ns1.registrar.example")]
    public void Check_WhileTheDnsDoesNotHaveIt_ShowsTheRecordAndStops(string[] answer, string said)
    {
        using var host = new TestHost();

        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Check(host, ZoneSource.Create, answer))!;

        Assert.Multiple(() =>
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(failure.Message, Does.Contain("example.com").And.Contain(said));
            Assert.That(failure.Remedy, Does.Contain("name servers").And.EndsWith("to continue: ./infra deploy --env dev"));
            Assert.That(host.Output.ToString(), Does.Contain("ns-1.awsdns-01.com"), "shown before anything stops or waits");
        });
    }

    [Test]
    public void Targets_AreTheZoneAndTheRequests_AndNothingThatWaits()
    {
        JObject stack = JObject.Parse("""
            { "resource": {
              "aws_acm_certificate": { "certificate": {}, "certificate-global": {} }, "aws_acm_certificate_validation": { "certificate": {} },
              "aws_route53_record": { "certificate-validation": {} }, "aws_route53_zone": { "zone": {} }, "aws_vpc": { "vpc": {} } } }
            """);
        Assert.That(DomainStep.Targets(stack),
            Is.EqualTo(new[] { "aws_route53_zone.zone", "aws_acm_certificate.certificate", "aws_acm_certificate.certificate-global" }));
    }

    [TestCase(ZoneSource.Create, true), TestCase(ZoneSource.None, true), TestCase(ZoneSource.Existing, false), TestCase(null, false)]
    public void Step_IsNeeded_IfARecordHasToBeEntered(ZoneSource? zone, bool expected) =>
        Assert.That(
            DomainStep.IsNeeded(Configuration.Rules.Samples.Environment with { Domain = zone is null ? null : Domain(zone.Value) }),
            Is.EqualTo(expected));

    [Test]
    public async Task Check_WaitsUntilTheDnsHasIt()
    {
        using var host = new TestHost();
        var answers = new Queue<string[]>([[], ["ns1.registrar.example"], ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net"]]);

        string found = await Delegation(host, () => answers.Dequeue(), TimeSpan.FromMinutes(75)).CheckAsync(Record, Again);

        Assert.That(found, Is.EqualTo("domain: example.com has its NS records"));
        Assert.That(answers, Is.Empty, "queried until it was there, and no longer");
        Assert.That(host.Output.ToString(), Does.Contain("waiting up to 1h15m").And.Contain($"Ctrl-C stops, and {Again} continues"));
    }

    [Test]
    public void Check_WaitsNoLongerThanAllowed()
    {
        using var host = new TestHost();

        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => Delegation(host, () => [], TimeSpan.FromMilliseconds(1)).CheckAsync(Record, Again))!;

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.BadInput));
    }

    [Test]
    public void Check_ThatIsInterrupted_SaysHowToContinue()
    {
        using var host = new TestHost();
        using var stopping = new CancellationTokenSource();

        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Delegation(
            host,
            () =>
            {
                stopping.Cancel();
                return [];
            },
            TimeSpan.FromMinutes(75), stopping.Token).CheckAsync(Record, Again))!;

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Interrupted));
        Assert.That(failure.Message, Does.Contain("the zone and the certificate requests stay"));
        Assert.That(failure.Remedy, Is.EqualTo($"to continue: {Again}"));
    }

    private static DomainRecord Record => DomainRecord.Of(Domain(ZoneSource.Create), Base)!;

    private static Task<string> Check(TestHost host, ZoneSource zone, params string[] answer) =>
        Delegation(host, () => answer, TimeSpan.Zero).CheckAsync(DomainRecord.Of(Domain(zone), Base)!, Again);

    private static DomainDelegation Delegation(
        TestHost host, Func<IReadOnlyList<string>> answer, TimeSpan within, CancellationToken stopping = default) =>
        new(host.Reporter, (_, _) => Task.FromResult(answer()), within, TimeSpan.FromMilliseconds(1), stopping);
}
