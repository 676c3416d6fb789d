using Infra.Contracts;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Ledger;

/// <summary>The running image is never expired by the repository's lifecycle policy.</summary>
[Property("Finding", "A3"), Property("Row", "D11")]
internal sealed class ReleaseTagsTests
{
    private const string Prefix = "released.prod.web.";

    private const string Index = "application/vnd.oci.image.index.v1+json";

    private FakeAws _aws = null!;

    [SetUp]
    public void SetUp() => _aws = new FakeAws();

    [TearDown]
    public void TearDown() => _aws.Dispose();

    private ReleaseTags Tags(int keep = 20) => new(new ImageRegistry(_aws.Access(), "shop/web"), Prefix, keep);

    private static string Digest(int n) => $"sha256:{n:x4}{new string('0', 60)}";

    private static string Tag(int n) => $"{Prefix}{n:x4}00000000";

    /// <summary>Images in the order in which they were pushed; those that were released have their tag.</summary>
    private void Registry(int images, params int[] released)
    {
        _aws.Always("DescribeImages", request => new FakeAws.Answer(new JObject
        {
            ["imageDetails"] = new JArray(Enumerable.Range(1, images)
                .Where(n => request.Json["imageIds"] is not JArray ids || ids.Any(id => (string?)id["imageDigest"] == Digest(n)))
                .Select(n => new JObject
                {
                    ["imageDigest"] = Digest(n),
                    ["imagePushedAt"] = 1_700_000_000 + n,
                    ["imageTags"] = new JArray(released.Contains(n) ? [$"v{n}", Tag(n)] : new[] { $"v{n}" }),
                })),
        }.ToString(), 200));
        _aws.Always("BatchGetImage", request => new FakeAws.Answer(new JObject
        {
            ["images"] = new JArray(new JObject
            {
                ["imageManifest"] = $"{{ \"of\": \"{request.Json["imageIds"]![0]!["imageDigest"]}\" }}",
                ["imageManifestMediaType"] = Index,
            }),
        }.ToString(), 200));
        _aws.Always("PutImage", new JObject { ["image"] = new JObject() });
    }

    [Test]
    public async Task KeepAsync_TagsTheImageAndWhatRan_WithTheirOwnManifests()
    {
        Registry(images: 3);
        await Tags().KeepAsync(Digest(3), Digest(1), default);
        JObject[] put = [.. _aws.Sent("PutImage")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(put.Select(request => (string?)request["imageTag"]), Is.EqualTo(new[] { Tag(3), Tag(1) }));
            Assert.That(put.Select(request => (string?)request["imageDigest"]), Is.EqualTo(new[] { Digest(3), Digest(1) }));
            Assert.That(put.Select(request => (string?)request["imageManifest"]),
                Is.EqualTo(new[] { Digest(3), Digest(1) }.Select(digest => $"{{ \"of\": \"{digest}\" }}")));
            Assert.That(put.Select(request => (string?)request["imageManifestMediaType"]), Is.All.EqualTo(Index));
            Assert.That(_aws.Sent("BatchGetImage")[0]["acceptedMediaTypes"]!.Values<string>(),
                Does.Contain("application/vnd.docker.distribution.manifest.v2+json"));
        }
    }

    [Test]
    public async Task KeepAsync_TaggedAlready_PutsNothing()
    {
        Registry(images: 3, released: [1, 3]);
        await Tags().KeepAsync(Digest(3), Digest(1), default);
        Assert.That(_aws.Sent("PutImage"), Is.Empty);
    }

    [Test]
    public async Task KeepAsync_WhatRanIsNotInTheRegistry_KeepsTheRest()
    {
        Registry(images: 2);
        await Tags().KeepAsync(Digest(2), Digest(9), default);
        await Tags().KeepAsync(Digest(1), ReleaseParameter.NothingReleased, default);
        Assert.That(_aws.Sent("PutImage").Select(request => (string?)request["imageTag"]), Is.EqualTo(new[] { Tag(2), Tag(1) }));
    }

    // ECR counts from the last pushed, and a tag that is added later does not make an image newer:
    // https://github.com/aws/containers-roadmap/issues/2746
    [TestCase(4, 1), TestCase(1, 4)]
    public void KeepAsync_MoreReleasesSinceThanAreKept_IsRefused_BeforeAnythingIsTagged(int next, int running)
    {
        Registry(images: 4, released: [1, 2, 3]);
        OperationException refused =
            Assert.ThrowsAsync<OperationException>(() => Tags(keep: 3).KeepAsync(Digest(next), Digest(running), default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Message, Is.EqualTo(
                $"3 images that were pushed after {ImageReference.Short(Digest(1))} are released, and repository shop/web keeps only 3: "
                    + "it would delete that image while it is needed"));
            Assert.That(refused.Remedy, Does.Contain("keepReleases").And.Contain("./infra deploy --env NAME"));
            Assert.That(_aws.Sent("PutImage"), Is.Empty);
        }
    }

    [Test]
    public async Task KeepAsync_AsManyAsAreKept_Succeeds()
    {
        Registry(images: 3, released: [1, 2]);
        await Tags(keep: 3).KeepAsync(Digest(3), Digest(1), default);
        Assert.That(_aws.Sent("PutImage").Select(request => (string?)request["imageTag"]), Is.EqualTo(new[] { Tag(3) }));
    }

    [Test]
    public async Task TagAsync_AddedByAnotherRun_Succeeds()
    {
        Registry(images: 1);
        _aws.Tell("PutImage", """{ "__type": "ImageAlreadyExistsException", "message": "Image with digest and tag exists." }""", 400);
        await Tags().KeepAsync(Digest(1), Digest(1), default);
        Assert.That(_aws.Sent("PutImage"), Has.Count.EqualTo(1));
    }
}
