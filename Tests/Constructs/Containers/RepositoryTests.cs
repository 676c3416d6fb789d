using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class RepositoryTests
{
    private static SynthesizedStack Synthesize(bool disposable = false, RepositoryConfig? config = null) => SynthesizedStack.Of(stack => _ =
        new Repository(
            stack, "repository-backend", new RepositoryProps(SynthesizedStack.Context(disposable: disposable), "backend", config ?? new())
            {
                ReleaseTagPrefixes = ["released.dev.backend.", "released.dev.worker."],
            }));

    [Test, Property("Row", "S4"), Property("Row", "D3"), Property("Row", "H3")]
    public void Repository_IsScannedEncryptedAndItsTagsStay()
    {
        JObject repository = Synthesize().Single("aws_ecr_repository");

        Assert.Multiple(() =>
        {
            Assert.That((string?)repository["name"], Is.EqualTo("acme/backend"));
            Assert.That((string?)repository["image_tag_mutability"], Is.EqualTo("IMMUTABLE"));
            Assert.That((bool?)repository["image_scanning_configuration"]!["scan_on_push"], Is.True);
            Assert.That((string?)repository["encryption_configuration"]!.Single()["encryption_type"], Is.EqualTo("AES256"));
        });
    }

    // An image that matches one rule is not expired by a later one, so released images are counted separately from pushed ones. Not "any":
    // it would count the manifests that buildx puts below an index as images.
    [Test, Property("Row", "D3"), Property("Row", "S4"), Property("Finding", "A3")]
    public void Lifecycle_KeepsReleasedImages_AndTheLastTenPushedOnes_AndUntaggedForAWeek()
    {
        JObject lifecycle = Synthesize().Single("aws_ecr_lifecycle_policy");
        var expected = JObject.Parse("""
            {
              "rules": [
                {
                  "rulePriority": 1, "description": "Untagged images go after 7 days", "action": { "type": "expire" },
                  "selection": { "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7 }
                },
                {
                  "rulePriority": 2, "description": "The last 20 images stay of those tagged released.dev.backend.*", "action": { "type": "expire" },
                  "selection": { "tagStatus": "tagged", "tagPatternList": ["released.dev.backend.*"], "countType": "imageCountMoreThan", "countNumber": 20 }
                },
                {
                  "rulePriority": 3, "description": "The last 20 images stay of those tagged released.dev.worker.*", "action": { "type": "expire" },
                  "selection": { "tagStatus": "tagged", "tagPatternList": ["released.dev.worker.*"], "countType": "imageCountMoreThan", "countNumber": 20 }
                },
                {
                  "rulePriority": 4, "description": "The last 10 images stay of those tagged *", "action": { "type": "expire" },
                  "selection": { "tagStatus": "tagged", "tagPatternList": ["*"], "countType": "imageCountMoreThan", "countNumber": 10 }
                }
              ]
            }
            """);

        Assert.Multiple(() =>
        {
            Assert.That((string?)lifecycle["repository"], Is.EqualTo("${aws_ecr_repository.repository-backend.name}"));
            Assert.That(SynthesizedStack.Policy(lifecycle["policy"]), Is.EqualTo(expected).Using(JToken.EqualityComparer));
        });
    }

    [Test, Property("Row", "D3")]
    public void Lifecycle_IsTheConfiguredOne()
    {
        JObject lifecycle = Synthesize(config: new RepositoryConfig { KeepImages = 30, KeepReleases = 50, UntaggedDays = 3 })
            .Single("aws_ecr_lifecycle_policy");

        Assert.That(SynthesizedStack.Policy(lifecycle["policy"])["rules"]!.Select(rule => (int?)rule["selection"]!["countNumber"]),
            Is.EqualTo(new[] { 3, 50, 50, 30 }));
    }

    [Test, Property("Row", "D6")]
    public void Repository_IsKept_UnlessTheEnvironmentIsDisposable()
    {
        JObject kept = Synthesize().Single("aws_ecr_repository");
        JObject disposable = Synthesize(disposable: true).Single("aws_ecr_repository");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)kept["lifecycle"]!["prevent_destroy"], Is.True);
            Assert.That((bool?)kept["force_delete"], Is.False);
            Assert.That(disposable["lifecycle"]?["prevent_destroy"], Is.Null);
            Assert.That((bool?)disposable["force_delete"], Is.True);
        });
    }
}
