using Infra.Configuration.Model;
using Infra.Operations.AwsClients;
using Infra.Operations.Layers;
using NUnit.Framework;

namespace Infra.Tests.Operations.Layers;

[Property("Row", "P1"), Property("Row", "P8")]
internal sealed class LayerRetentionTests
{
    private static LayerVersion[] Versions(params int[] numbers) =>
        [.. numbers.Select(number => new LayerVersion(number, Arn(number), Ours, null))];

    private static string Ours => LayerFingerprint.Describe(
        new LayerConfig { Runtimes = ["python3.10"], Description = "Flask" }, new string('a', 64));

    private static LayerVersion Foreign(int number) => new(number, Arn(number), "built by hand", null);

    private static string Arn(int number) => $"arn:aws:lambda:us-east-2:111111111111:layer:flask:{number}";

    private static long[] Expired(int keep, LayerVersion[] versions, params string?[] held) =>
        [.. LayerRetention.Expired(versions, keep, held).Select(version => version.Number)];

    [Test]
    public void Expired_AreThoseBeyondTheNewest() =>
        Assert.That(Expired(3, Versions(9, 8, 6, 5, 2), Arn(9), Arn(8)), Is.EqualTo(new[] { 5, 2 }));

    [Test]
    public void Expired_IsNothing_WhileThereAreFewEnough() =>
        Assert.That(Expired(3, Versions(3, 2, 1), Arn(3), null), Is.Empty);

    [Test]
    public void Expired_IsNeverWhatIsInUse_NorWhatWasBefore() =>
        Assert.That(Expired(2, Versions(9, 8, 7, 6, 5), Arn(5), Arn(7)), Is.EqualTo(new[] { 6 }));

    [Test, Property("Row", "P-L2")]
    public void Expired_IsNothingThatWasPublishedBySomethingElse() =>
        Assert.That(
            Expired(2, [.. Versions(7, 6, 5), Foreign(4), Foreign(3), .. Versions(2), Foreign(1)], Arn(7), Arn(6)),
            Is.EqualTo(new[] { 5, 2 }), "versions 4, 3 and 1 stay, and none of them counts as one of the two that are kept");
}
