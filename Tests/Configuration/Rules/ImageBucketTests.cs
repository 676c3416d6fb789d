using Infra.Configuration.Model;
using Infra.Configuration.Rules.Storage;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

/// <summary>The bucket of exported images exists and keeps its objects.</summary>
[Property("Row", "D-L4")]
internal sealed class ImageBucketTests
{
    [Test]
    public void BucketThatKeepsItsObjects_HasNoFinding() =>
        Assert.That(Problems("exports", new BucketConfig { NoncurrentDays = 30, InfrequentAccessAfterDays = 30 }), Is.Empty);

    [Test]
    public void UnknownBucket_IsAFinding() => Assert.That(
        Problems("export", new BucketConfig()),
        Is.EqualTo(new[] { "backup.imageBucket there is no bucket export; did you mean exports?" }));

    [Test]
    public void BucketThatDeletesOrArchives_IsAFinding() => Assert.That(
        Problems("exports", new BucketConfig { ExpireAfterDays = 90, ArchiveAfterDays = 30 }),
        Is.EqualTo(new[]
        {
            "buckets.exports.expireAfterDays deletes layers of exported images that are still in use; remove it, or use another bucket",
            "buckets.exports.archiveAfterDays moves exported images to S3 Glacier, from which they cannot be imported; remove it, or use "
                + "another bucket",
        }));

    private static IEnumerable<string> Problems(string name, BucketConfig bucket) => ImageBucket
        .Check(Samples.Environment with
        {
            Buckets = new Dictionary<string, BucketConfig> { ["exports"] = bucket },
            Backup = new BackupConfig { ImageBucket = name },
        })
        .Select(problem => $"{problem.Path} {problem.Message}");
}
