using Infra.Operations.Aws;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Aws;

internal sealed class StateBucketTests
{
    [Test]
    public void Describe_LockOfTerraform_SaysWhoSinceWhenAndWhatFor()
    {
        using var reader = new JsonTextReader(new StringReader(
            """{"ID":"6f1c","Operation":"OperationTypeApply","Info":"","Who":"ada@laptop","Version":"1.11.4","Created":"2026-11-20T14:02:11.123Z","Path":"b/k"}"""))
        {
            DateParseHandling = DateParseHandling.None,
        };
        Assert.That(
            StateBucket.Describe(JObject.Load(reader)), Is.EqualTo("ada@laptop since 14:02:11 UTC (OperationTypeApply, lock 6f1c)"));
    }

    [Test]
    public void Describe_TornLock_DoesNotFail() => Assert.That(StateBucket.Describe([]), Does.StartWith("unknown since"));

    [Test]
    public async Task ReadOutputsAsync_SaysWhichAreSensitive()
    {
        using var aws = new FakeAws();
        aws.Tell("GET /acme-state/acme/dev/base", """
            { "version": 4, "outputs": { "url": { "value": "https://x", "type": "string" }, "key": { "value": "s3cret", "sensitive": true } } }
            """);

        IReadOnlyList<StateOutput> outputs =
            await new StateBucket(aws.Access(), "acme-state", "acme-locks").ReadOutputsAsync("acme/dev/base", default);

        Assert.That(
            outputs.Select(output => (output.Name, (string?)output.Value, output.IsSensitive)),
            Is.EqualTo(new (string, string?, bool)[] { ("url", "https://x", false), ("key", "s3cret", true) }));
    }
}
