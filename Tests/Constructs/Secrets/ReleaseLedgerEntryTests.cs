using Infra.Constructs.Secrets;
using Infra.Contracts;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Secrets;

internal sealed class ReleaseLedgerEntryTests
{
    private static readonly JObject Parameter = SynthesizedStack.Of(stack =>
        _ = new ReleaseLedgerEntry(stack, "release_backend", new ReleaseLedgerEntryProps(
            SynthesizedStack.Context(), "/dev/acme/releases/backend", "Image that backend runs")))
        .Resource("aws_ssm_parameter", "release_backend");

    [Test, Property("Row", "T11")]
    public void Entry_StartsWithNothingReleased()
    {
        Assert.Multiple(() =>
        {
            Assert.That((string?)Parameter["name"], Is.EqualTo("/dev/acme/releases/backend"));
            Assert.That((string?)Parameter["insecure_value"], Is.EqualTo(ReleaseParameter.NothingReleased));
        });
    }

    [Test]
    public void Release_IsNeverOverwrittenByTerraform()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Parameter["lifecycle"]!["ignore_changes"]!.Values<string>(), Is.EqualTo(new[] { "insecure_value" }));
            Assert.That((bool?)Parameter["lifecycle"]!["prevent_destroy"], Is.True);
        });
    }
}
