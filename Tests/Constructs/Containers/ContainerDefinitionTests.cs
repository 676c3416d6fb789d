using Infra.Constructs.Containers;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class ContainerDefinitionTests
{
    private static readonly ContainerDefinition Definition = new()
    {
        Name = "backend",
        ImageExpression = "local.image",
        CommandExpression = "null",
        Port = 8000,
        User = "10001:10001",
        LogGroup = "/ecs/acme-dev-backend",
        Region = "us-east-2",
        Environment = new Dictionary<string, string> { ["ZONE"] = "z", ["COLOR"] = "red", ["TEMPLATE"] = "${name} %{if}" },
        Secrets = new Dictionary<string, string> { ["KEY"] = "arn:key", ["API"] = "arn:api" },
    };

    private static readonly JObject Container = ContainerText.Parse(Definition.ToJson());

    [Test, Property("Row", "S3")]
    public void Container_CanDoLittle()
    {
        Assert.Multiple(() =>
        {
            Assert.That((bool?)Container["readonlyRootFilesystem"], Is.True);
            Assert.That((bool?)Container["privileged"], Is.False);
            Assert.That((string?)Container["user"], Is.EqualTo("10001:10001"));
            Assert.That((bool?)Container["linuxParameters"]!["initProcessEnabled"], Is.True);
        });
    }

    [Test, Property("Row", "S3")]
    public void Scratch_IsTheOnePlaceToWriteTo()
    {
        JToken mount = Container["mountPoints"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)mount["sourceVolume"], Is.EqualTo("tmp"));
            Assert.That((string?)mount["containerPath"], Is.EqualTo("/tmp"));
            Assert.That((bool?)mount["readOnly"], Is.False);
        });
    }

    [Test, Property("Row", "S3"), Property("Row", "T3")]
    public void Secrets_AreReferences_InAStableOrder() =>
        Assert.That(
            Container["secrets"]!.Select(secret => $"{secret["name"]}={secret["valueFrom"]}"), Is.EqualTo(new[] { "API=arn:api", "KEY=arn:key" }));

    [Test, Property("Row", "T3")]
    public void Environment_ReachesTheContainerAsWritten_InAStableOrder() =>
        Assert.That(
            Container["environment"]!.Select(variable => $"{variable["name"]}={variable["value"]}"),
            Is.EqualTo(new[] { "COLOR=red", "TEMPLATE=$${name} %%{if}", "ZONE=z" }));

    [Test]
    public void Expressions_AreFilledInByTerraform_OutsideOfQuotes()
    {
        string json = Definition.ToJson();

        Assert.That(json, Does.Contain("""
            "image":${jsonencode(local.image)},"command":${jsonencode(null)},
            """.Trim()));
    }

    [Test, Property("Row", "T9")]
    public void Logs_GoToTheServicesGroup()
    {
        JToken options = Container["logConfiguration"]!["options"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)Container["logConfiguration"]!["logDriver"], Is.EqualTo("awslogs"));
            Assert.That((string?)options["awslogs-group"], Is.EqualTo("/ecs/acme-dev-backend"));
            Assert.That((string?)options["awslogs-region"], Is.EqualTo("us-east-2"));
        });
    }

    [Test]
    public void Port_IsTheOneOfTheTask() =>
        Assert.That((int?)Container["portMappings"]!.Single()["containerPort"], Is.EqualTo(8000));
}
