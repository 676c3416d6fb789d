using Infra.Insight.Page;
using Infra.Operations.Insight;
using Infra.Tests.Operations.Support;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Insight;

[Property("Row", "X6")]
internal sealed class ReleaseTimelineTests
{
    [Test]
    public async Task Releases_OfAllServices_AreTheNewestFirst_WithoutWhatTerraformWrote()
    {
        using var aws = new FakeAws();
        string[] services = [.. Example.Local.Config.Services.Keys];
        Assert.That(services, Has.Length.GreaterThan(1));
        // The second release of each service is later than the first ones of all.
        aws.Always("GetParameterHistory", request =>
        {
            string name = (string)request.Json["Name"]!;
            int service = Array.FindIndex(services, each => name.EndsWith($"/{each}", StringComparison.Ordinal));
            return new FakeAws.Answer(
                new JObject
                {
                    ["Parameters"] = new JArray(
                        Entry(1, "none", 0), Entry(2, "sha256:aa", 10 + service), Entry(3, "sha256:bb", 100 + service)),
                }.ToString(),
                200);
        });

        IReadOnlyList<ReleaseEvent> releases =
            await ReleaseTimeline.ReadAsync(aws.Access(), Example.Local.Environment, CancellationToken.None);

        Assert.That(
            releases.Select(release => $"{release.Application} {release.Version} {release.Image}"),
            Is.EqualTo(services.Reverse().Select(service => $"{service} 3 sha256:bb")
                .Concat(services.Reverse().Select(service => $"{service} 2 sha256:aa"))));
    }

    private static JObject Entry(int version, string value, int second) => new()
    {
        ["Version"] = version,
        ["Value"] = value,
        ["LastModifiedDate"] = 1763650000 + second,
    };
}
