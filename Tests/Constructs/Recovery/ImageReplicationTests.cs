using Infra.Constructs.Recovery;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Recovery;

internal sealed class ImageReplicationTests
{
    [Test, Property("Row", "D11")]
    public void Images_AreCopied_OfTheEnvironmentsRepositoriesAlone()
    {
        JObject rule = (JObject)SynthesizedStack.Of(stack => _ = new ImageReplication(stack, "image-replication", new ImageReplicationProps(
                SynthesizedStack.Context(), "us-west-2", ["acme/backend", "acme/frontend"])))
            .Single("aws_ecr_replication_configuration")["replication_configuration"]!["rule"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)rule["destination"]!.Single()["region"], Is.EqualTo("us-west-2"));
            Assert.That((string?)rule["destination"]!.Single()["registry_id"], Is.EqualTo("111111111111"));
            Assert.That(rule["repository_filter"]!.Select(filter => $"{filter["filter_type"]} {filter["filter"]}"),
                Is.EqualTo(new[] { "PREFIX_MATCH acme/backend", "PREFIX_MATCH acme/frontend" }));
        });
    }
}
