using Infra.Operations.Releases;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Releases;

[Property("Finding", "A4")]
internal sealed class DeployedServiceTests
{
    private const string Arn = "arn:aws:ecs:us-east-1:111111111111:task-definition/acme-dev-web";

    private static readonly JObject Services = JObject.Parse("""
        {
          "web": { "name": "acme-dev-web", "task_definition": "${aws_ecs_task_definition.web.arn}" },
          "api": { "name": "acme-dev-api", "task_definition": "${aws_ecs_task_definition.api.arn}" }
        }
        """);

    [Test]
    public void Of_ServicesOfAStack_HaveTheTaskDefinitionThatWasApplied()
    {
        var definitions = new Dictionary<string, JObject> { ["aws_ecs_task_definition.web"] = new() { ["arn"] = $"{Arn}:7" } };
        Assert.That(DeployedService.Of(Services, definitions), Is.EqualTo(new[]
        {
            new DeployedService("api", "acme-dev-api", null),
            new DeployedService("web", "acme-dev-web", $"{Arn}:7"),
        }));
    }

    [TestCase($"{Arn}:8", true)]
    [TestCase($"{Arn}:10", true)]
    [TestCase($"{Arn}:6", false, TestName = "rolled back")]
    [TestCase($"{Arn}:7", false)]
    [TestCase($"{Arn}-other:8", false)]
    public void IsSupersededBy_LaterRevisionOfTheSameFamily(string running, bool expected) =>
        Assert.That(new DeployedService("web", "acme-dev-web", $"{Arn}:7").IsSupersededBy(running), Is.EqualTo(expected));
}
