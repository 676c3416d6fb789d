using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Tests.Support;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Constructs.Containers;

internal sealed class ClusterTests
{
    [TestCase(ContainerInsights.Enabled, "enabled")]
    [TestCase(ContainerInsights.Enhanced, "enhanced")]
    [TestCase(ContainerInsights.Disabled, "disabled")]
    [Property("Row", "D4")]
    public void Cluster_HasItsInsights(ContainerInsights insights, string value)
    {
        SynthesizedStack stack =
            SynthesizedStack.Of(s => _ = new Cluster(s, "cluster", new ClusterProps(SynthesizedStack.Context(), insights)));
        JToken setting = stack.Single("aws_ecs_cluster")["setting"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Single("aws_ecs_cluster")["name"], Is.EqualTo("acme-dev"));
            Assert.That((string?)setting["name"], Is.EqualTo("containerInsights"));
            Assert.That((string?)setting["value"], Is.EqualTo(value));
        });
    }

    [Test, Property("Row", "D4")]
    public void Tasks_RunOnFargate()
    {
        JObject capacity =
            SynthesizedStack.Of(s => _ = new Cluster(s, "cluster", new ClusterProps(SynthesizedStack.Context(), ContainerInsights.Enabled)))
            .Single("aws_ecs_cluster_capacity_providers");

        Assert.That((string?)capacity["default_capacity_provider_strategy"]!.Single()["capacity_provider"], Is.EqualTo("FARGATE"));
    }

    [TestCase(null), TestCase("arn:key")]
    [Property("Row", "S3")]
    public void ExecSessions_AreLogged_AndEncryptedIfThereIsAKey(string? key)
    {
        JToken exec = SynthesizedStack.Of(
            stack => _ =
                new Cluster(stack, "cluster", new ClusterProps(SynthesizedStack.Context() with { KeyArn = key }, ContainerInsights.Enabled)
                {
                    ExecLogGroup = "/ecs/acme-dev/exec",
                })).Single("aws_ecs_cluster")["configuration"]!["execute_command_configuration"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)exec["logging"], Is.EqualTo("OVERRIDE"));
            Assert.That((string?)exec["log_configuration"]!["cloud_watch_log_group_name"], Is.EqualTo("/ecs/acme-dev/exec"));
            Assert.That((bool?)exec["log_configuration"]!["cloud_watch_encryption_enabled"], Is.EqualTo(key is not null));
            Assert.That((string?)exec["kms_key_id"], Is.EqualTo(key));
        });
    }
}
