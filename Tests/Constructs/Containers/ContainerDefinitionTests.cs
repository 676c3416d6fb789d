using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Tests.Support;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Constructs.Containers;

internal sealed class ContainerDefinitionTests
{
    private static readonly ContainerDefinition Definition = new()
    {
        Name = "backend",
        Image = new JRaw("${jsonencode(local.image)}"),
        Port = 8000,
        User = "10001:10001",
        LogGroup = "/ecs/acme-dev-backend",
        Region = "us-east-2",
        Variables = new ContainerVariables(
            new Dictionary<string, string> { ["ZONE"] = "z", ["COLOR"] = "red", ["TEMPLATE"] = "${name} %{if}" },
            new Dictionary<string, string> { ["KEY"] = "arn:key", ["API"] = "arn:api" }),
    };

    private static JObject Parse(ContainerDefinition definition) => ContainerText.Parse(ContainerDefinition.ToJson([definition]));

    private static readonly JObject Container = Parse(Definition);

    [Test, Property("Row", "S3")]
    public void Container_IsUnprivilegedAndReadOnly()
    {
        Assert.Multiple(() =>
        {
            Assert.That((bool?)Container["readonlyRootFilesystem"], Is.True);
            Assert.That((bool?)Container["privileged"], Is.False);
            Assert.That((string?)Container["user"], Is.EqualTo("10001:10001"));
            Assert.That((bool?)Container["linuxParameters"]!["initProcessEnabled"], Is.True);
        });
    }

    // A bind mount of Fargate belongs to root with mode 0755, so that no other user can write to it unless the image declares it as a
    // volume. https://github.com/aws/containers-roadmap/issues/938
    [Test, Property("Row", "S3"), Property("Finding", "A2")]
    public void Tmp_IsTheOnlyWritablePlace_ForEveryUserOfAnyImage()
    {
        JToken tmpfs = Container["linuxParameters"]!["tmpfs"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)tmpfs["containerPath"], Is.EqualTo("/tmp"));
            Assert.That((int?)tmpfs["size"], Is.EqualTo(64));
            Assert.That(tmpfs["mountOptions"]!.Values<string>(), Is.EqualTo(new[] { "rw", "nosuid", "nodev", "exec" }));
            Assert.That(Container["mountPoints"], Is.Empty);
        });
    }

    [TestCase("image", null), TestCase("root", "0:0"), TestCase("1000:1000", "1000:1000")]
    [Property("Finding", "A2")]
    public void User_IsTheConfiguredOne(string user, string? expected) =>
        Assert.That((string?)Parse(Definition with { User = user })["user"], Is.EqualTo(expected));

    [Test, Property("Finding", "A2")]
    public void WritableRoot_NeedsNoOtherPlacesToWriteTo()
    {
        JObject container = Parse(Definition with { ReadOnlyRoot = false, Exec = true });

        Assert.Multiple(() =>
        {
            Assert.That((bool?)container["readonlyRootFilesystem"], Is.False);
            Assert.That(container["linuxParameters"]!["tmpfs"], Is.Null, "the image's own /tmp, on the task's disk");
            Assert.That(container["mountPoints"], Is.Empty);
        });
    }

    [Test, Property("Row", "S3"), Property("Row", "T3")]
    public void Secrets_AreReferences_InAStableOrder() =>
        Assert.That(
            Container["secrets"]!.Select(secret => $"{secret["name"]}={secret["valueFrom"]}"),
            Is.EqualTo(new[] { "API=arn:api", "KEY=arn:key" }));

    [Test, Property("Row", "T3")]
    public void Environment_ReachesTheContainerAsWritten_InAStableOrder() =>
        Assert.That(
            Container["environment"]!.Select(variable => $"{variable["name"]}={variable["value"]}"),
            Is.EqualTo(new[] { "COLOR=red", "TEMPLATE=$${name} %%{if}", "ZONE=z" }));

    [Test]
    public void Expressions_AreFilledInByTerraform_OutsideOfQuotes() =>
        Assert.That(ContainerDefinition.ToJson([Definition]), Does.Contain("\"image\":${jsonencode(local.image)},\"essential\":true,"));

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

    // Names of port mappings are unique in a task definition; names of containers are, too.
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
    [Test, Property("Finding", "A13")]
    public void PortName_IsTheContainersName() =>
        Assert.That(
            ContainerText.ParseAll(ContainerDefinition.ToJson([Definition, Definition with { Name = "proxy", Port = 9000, IsOwn = false }]))
                .Select(container => (string?)container["portMappings"]!.Single()["name"]),
            Is.EqualTo(new[] { "backend", "proxy" }));

    [Test]
    public void Worker_HasNoPort() => Assert.That(Parse(Definition with { Port = null }).ContainsKey("portMappings"), Is.False);

    [Test, Property("Row", "S3")]
    public void Exec_HasItsOwnWritablePaths()
    {
        JObject container = Parse(Definition with { Exec = true, Name = "proxy", IsOwn = false });

        Assert.Multiple(() =>
        {
            Assert.That((bool?)container["readonlyRootFilesystem"], Is.True);
            Assert.That(container["mountPoints"]!.Select(mount => $"{mount["sourceVolume"]} {mount["containerPath"]}"), Is.EqualTo(new[]
            {
                "exec-agents-proxy /managed-agents", "exec-state-proxy /var/lib/amazon/ssm", "exec-logs-proxy /var/log/amazon/ssm",
            }));
        });
    }

    [Test]
    public void Health_IsCheckedByACommand_WithAValidGracePeriod()
    {
        JObject container = Parse(Definition with { Health = ContainerDefinition.HealthCheck(["app", "check", "${x}"], 900) });

        Assert.Multiple(() =>
        {
            Assert.That(container["healthCheck"]!["command"]!.Values<string>(), Is.EqualTo(new[] { "CMD", "app", "check", "$${x}" }));
            Assert.That((int?)container["healthCheck"]!["startPeriod"], Is.EqualTo(300));
            Assert.That(Container.ContainsKey("healthCheck"), Is.False);
        });
    }

    [Test]
    public void DependsOn_HasTheFormatOfEcs() =>
        Assert.That(
            Parse(Definition with
            {
                DependsOn = new Dictionary<string, ContainerCondition>
                {
                    ["init"] = ContainerCondition.Success,
                    ["agent"] = ContainerCondition.Healthy,
                },
            })["dependsOn"]!
                .Select(other => $"{other["containerName"]} {other["condition"]}"),
            Is.EqualTo(new[] { "agent HEALTHY", "init SUCCESS" }));
}
