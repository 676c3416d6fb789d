using Infra.Configuration;
using Infra.Operations.Doctor;
using Infra.Operations.Doctor.Readiness;
using Infra.Operations.Sessions;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Doctor;

/// <summary>Entries of the production-readiness checklist that are read from AWS.</summary>
[Property("Row", "D-L5")]
internal sealed class AccountChecksTests
{
    private const string Certificate = "arn:aws:acm:us-east-1:333333333333:certificate/1";
    private const string Topic = "arn:aws:sns:eu-central-1:333333333333:shop-prod-alerts";

    private readonly LoadedEnvironment _environment = ProductionEnvironment.Load();

    private FakeAws _aws = null!;

    [SetUp]
    public void Start() => _aws = new FakeAws();

    [TearDown]
    public void Stop() => _aws.Dispose();

    [Test]
    public async Task Bootstrap_WithoutStateBucket_IsNotMet()
    {
        _aws.Always("HEAD /shop-tfstate-333333333333/", _ => new FakeAws.Answer("", 404));

        CheckResult result = await CheckAsync("bootstrap");

        Assert.That(result, Is.EqualTo(CheckResult.NotMet(
            "bucket shop-tfstate-333333333333 does not exist", "./infra bootstrap --env prod, with administrator permissions")));
        Assert.That((await CheckAsync("deployed")).Detail, Does.StartWith("base has no state, runtime has no state; fix: ./infra deploy"));
    }

    [TestCase("PENDING_VALIDATION", CheckState.NotMet, "shop.example.com is PENDING_VALIDATION; fix: ./infra domain --env prod")]
    [TestCase("ISSUED", CheckState.Met, "1 issued")]
    [Property("Row", "T-L5")]
    public async Task Certificate_MustBeIssued(string status, CheckState state, string detail)
    {
        Deployed("aws_acm_certificate", Certificate);
        _aws.Always(
            "DescribeCertificate",
            new JObject { ["Certificate"] = new JObject { ["DomainName"] = "shop.example.com", ["Status"] = status } });

        CheckResult result = await CheckAsync("certificates");

        Assert.That(result.State, Is.EqualTo(state));
        Assert.That(result.Detail, Does.StartWith(detail));
        // CloudFront's certificate is in us-east-1, not in the environment's Region.
        Assert.That(
            _aws.Requests.Single(request => request.Action == "DescribeCertificate").Headers["authorization"],
            Does.Contain("/us-east-1/acm/"));
    }

    [TestCase("PendingConfirmation", CheckState.NotMet, "operations@example.com has not confirmed shop-prod-alerts; fix: open the link")]
    [TestCase(Topic + ":1", CheckState.Met, "1 confirmed")]
    public async Task Subscription_MustBeConfirmed(string subscription, CheckState state, string detail)
    {
        Deployed("aws_sns_topic", Topic);
        _aws.Always("ListSubscriptionsByTopic", _ => new FakeAws.Answer(
            "<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions><member><Protocol>email</Protocol>"
                + $"<Endpoint>operations@example.com</Endpoint><SubscriptionArn>{subscription}</SubscriptionArn></member></Subscriptions>"
                + "</ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>", 200));

        CheckResult result = await CheckAsync("subscriptions");

        Assert.That(result.State, Is.EqualTo(state));
        Assert.That(result.Detail, Does.StartWith(detail));
    }

    [Test]
    public async Task TopicsWithoutSubscription_AreNotMet()
    {
        Deployed("aws_sns_topic", Topic);
        _aws.Always("ListSubscriptionsByTopic", _ => new FakeAws.Answer("<ListSubscriptionsByTopicResponse/>", 200));
        Assert.That((await CheckAsync("subscriptions")).Detail, Does.StartWith("no subscription exists; fix: ./infra deploy --env "));
    }

    [TestCase("none", CheckState.NotMet)]
    [TestCase("sha256:0000000000000000000000000000000000000000000000000000000000000000", CheckState.Met)]
    public async Task EveryService_MustBeReleased(string value, CheckState state)
    {
        _aws.Always("GetParameter", new JObject { ["Parameter"] = new JObject { ["Value"] = value } });

        CheckResult result = await CheckAsync("releases");

        Assert.That(result.State, Is.EqualTo(state));
        if (state == CheckState.NotMet)
            Assert.That(result.Detail, Does.StartWith("backend was never released, frontend was never released; fix: ./infra release"));
    }

    [Test, Property("Row", "T-L5")]
    public async Task Secret_WithoutValue_IsNotMet()
    {
        _aws.Always("DescribeSecret", request => new FakeAws.Answer(
            (request.Json["SecretId"]!.ToString().EndsWith("partner-key", StringComparison.Ordinal)
                ? new JObject { ["ARN"] = "arn", ["VersionIdsToStages"] = new JObject() }
                : new JObject { ["ARN"] = "arn", ["VersionIdsToStages"] = new JObject { ["1"] = new JArray("AWSCURRENT") } }).ToString(),
            200));

        Assert.That(await CheckAsync("secrets"), Is.EqualTo(
            CheckResult.NotMet("partner-key has no value", "./infra secrets set --env prod")));
    }

    [Test]
    public async Task GeneratedParameter_HasItsValueFromTheFirstVersion()
    {
        LoadedEnvironment environment = ProductionEnvironment.With("""{ "secureParameters": { "api-key": { "generate": true } } }""");
        _aws.Always("DescribeSecret", JObject.Parse("""{ "ARN": "arn", "VersionIdsToStages": { "1": ["AWSCURRENT"] } }"""));
        _aws.Always("DescribeParameters", JObject.Parse("""{ "Parameters": [{ "Version": 1 }] }"""));

        Assert.That(await CheckAsync("secrets", environment), Is.EqualTo(CheckResult.Met("3 with a value")));
    }

    /// <summary>Sets up a state bucket in which base has one resource.</summary>
    private void Deployed(string type, string arn)
    {
        const string Bucket = "shop-tfstate-333333333333";
        _aws.Always($"HEAD /{Bucket}/", _ => new FakeAws.Answer("", 200));
        foreach (string stack in new[] { "base", "runtime" })
        {
            _aws.Always($"GET /{Bucket}/shop/prod/{stack}", new JObject
            {
                ["resources"] = stack == "runtime" ? new JArray() : new JArray(new JObject
                {
                    ["mode"] = "managed",
                    ["type"] = type,
                    ["name"] = "one",
                    ["instances"] = new JArray(new JObject { ["attributes"] = new JObject { ["arn"] = arn } }),
                }),
            });
        }
    }

    private Task<CheckResult> CheckAsync(string id, LoadedEnvironment? environment = null) =>
        ProductionChecks.Account.Single(check => check.Id == id).CheckAsync(
            new AccountAccess(
                new Connection(environment ?? _environment, _aws.Access("333333333333", "eu-central-1"), OnEmulator: true)),
            default);
}
