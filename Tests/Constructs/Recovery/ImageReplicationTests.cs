using Infra.Configuration.Model;
using Infra.Constructs.Recovery;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Recovery;

internal sealed class ImageReplicationTests
{
    private static SynthesizedStack Synthesize(params ReplicatedRepository[] repositories) => SynthesizedStack.Of(stack =>
        _ = new ImageReplication(
            stack, "image-replication", new ImageReplicationProps(SynthesizedStack.Context(), "us-west-2", repositories)));

    private static ReplicatedRepository Repository(string name, RepositoryConfig? config = null) =>
        new(name, config ?? new RepositoryConfig(), [$"released.dev.{name.Split('/')[^1]}."]);

    [Test, Property("Row", "D11")]
    public void Images_AreCopied_OnlyFromTheEnvironmentsRepositories()
    {
        JObject rule = (JObject)Synthesize(Repository("acme/backend"), Repository("acme/frontend"))
            .Single("aws_ecr_replication_configuration")["replication_configuration"]!["rule"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)rule["destination"]!.Single()["region"], Is.EqualTo("us-west-2"));
            Assert.That((string?)rule["destination"]!.Single()["registry_id"], Is.EqualTo("111111111111"));
            Assert.That(rule["repository_filter"]!.Select(filter => $"{filter["filter_type"]} {filter["filter"]}"),
                Is.EqualTo(new[] { "PREFIX_MATCH acme/backend", "PREFIX_MATCH acme/frontend" }));
        });
    }

    // ECR creates the repositories of the other Region with the settings of a template; lifecycle policies are not replicated.
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
    [Test, Property("Finding", "A17")]
    public void Copies_AreExpiredToo_AndTheirTagsStay()
    {
        SynthesizedStack stack = Synthesize(
            Repository("acme/backend", new RepositoryConfig { KeepImages = 5, UntaggedDays = 3 }),
            Repository("acme/frontend", new RepositoryConfig { KeepImages = 30, KeepReleases = 40 }),
            Repository("acme/team/app"));
        JObject template = stack.Resource("aws_ecr_repository_creation_template", "image-replication-acme");
        JToken[] rules = [.. SynthesizedStack.Policy(template["lifecycle_policy"])["rules"]!];

        Assert.Multiple(() =>
        {
            Assert.That((string?)template["prefix"], Is.EqualTo("acme"));
            Assert.That(template["applied_for"]!.Values<string>(), Is.EqualTo(new[] { "REPLICATION" }));
            Assert.That((string?)template["image_tag_mutability"], Is.EqualTo("IMMUTABLE"));
            Assert.That(
                rules.Select(rule => $"{(string?)rule["selection"]!["tagPatternList"]?.Single()} {rule["selection"]!["countNumber"]}"),
                Is.EqualTo(new[] { " 7", "released.dev.backend.* 40", "released.dev.frontend.* 40", "* 30" }),
                "one policy for all of a prefix: the longest of each");
            Assert.That((string?)stack.Resource("aws_ecr_repository_creation_template", "image-replication-acme_team")["prefix"],
                Is.EqualTo("acme/team"));
        });
    }

    [Test, Property("Finding", "A17")]
    public void Repository_OfNoPrefix_HasTheTemplateOfTheRegistry() =>
        Assert.That(
            (string?)Synthesize(Repository("tap-backend")).Single("aws_ecr_repository_creation_template")["prefix"], Is.EqualTo("ROOT"));
}
