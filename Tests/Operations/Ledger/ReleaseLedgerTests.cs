using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Ledger;

[Property("Row", "P8")]
internal sealed class ReleaseLedgerTests
{
    private const string Parameter = "/dev/acme/releases/backend";

    private static JObject Entry(int version, string value) => new()
    {
        ["Name"] = Parameter,
        ["Version"] = version,
        ["Value"] = value,
        ["LastModifiedDate"] = 1763650000 + version,
        ["LastModifiedUser"] = "arn:aws:iam::111111111111:user/ada",
    };

    [Test]
    public async Task History_IsTheNewestFirst_OverAllPages_WithoutWhatTerraformWrote()
    {
        using var aws = new FakeAws();
        aws.Tell(
            "GetParameterHistory", new JObject { ["Parameters"] = new JArray(Entry(1, "none"), Entry(2, "a")), ["NextToken"] = "more" });
        aws.Tell("GetParameterHistory", new JObject { ["Parameters"] = new JArray(Entry(3, "b")) });

        IReadOnlyList<LedgerEntry> history = await new ReleaseLedger(aws.Access()).HistoryAsync(Parameter, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(history.Select(entry => (entry.Version, entry.Value)), Is.EqualTo(new[] { (3L, "b"), (2L, "a") }));
            Assert.That(history[0].At, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1763650003)));
            Assert.That(history[0].By, Is.EqualTo("arn:aws:iam::111111111111:user/ada"));
            Assert.That(
                aws.Sent("GetParameterHistory").Select(request => (string?)request["NextToken"]), Is.EqualTo(new[] { null, "more" }));
        });
    }

    [Test]
    public void History_BaseIsNotDeployed_IsBadInput()
    {
        using var aws = new FakeAws();
        aws.Tell("GetParameterHistory", """{ "__type": "ParameterNotFound", "message": "not found" }""", 400);

        OperationException? problem =
            Assert.ThrowsAsync<OperationException>(() => new ReleaseLedger(aws.Access()).HistoryAsync(Parameter, CancellationToken.None));
        Assert.That((problem!.ExitCode, problem.Message), Is.EqualTo((ExitCode.BadInput, $"the release ledger has no entry {Parameter}")));
    }

    [Test]
    public async Task Write_OverwritesTheValue()
    {
        using var aws = new FakeAws();
        aws.Tell("PutParameter", new JObject { ["Version"] = 4 });

        await new ReleaseLedger(aws.Access()).WriteAsync(Parameter, "c", CancellationToken.None);

        Assert.That(aws.Sent("PutParameter").Single(),
            Is.EqualTo(new JObject { ["Name"] = Parameter, ["Value"] = "c", ["Overwrite"] = true }).Using(JToken.EqualityComparer));
    }

    [TestCase("b a", "a")]
    [TestCase("b b a", "a")]
    [TestCase("a b a", "b")]
    [TestCase("a", null)]
    [TestCase("a a", null)]
    public void Previous_IsTheNewestThatDiffers(string values, string? expected) =>
        Assert.That(
            ReleaseLedger.Previous(
                [.. values.Split(' ').Select((value, i) => new LedgerEntry(9 - i, value, DateTimeOffset.UnixEpoch, null))])?.Value,
            Is.EqualTo(expected));
}
