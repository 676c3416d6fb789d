using Infra.Operations.Aws;
using NUnit.Framework;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

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
}
