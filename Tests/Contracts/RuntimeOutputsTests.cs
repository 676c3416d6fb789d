using Infra.Contracts;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Contracts;

internal sealed class RuntimeOutputsTests
{
    [TestCase("", 15)]
    [TestCase(", \"timeout_minutes\": 30", 30)]
    public void Migration_WithoutATimeout_HasFifteenMinutes(string timeout, int expected)
    {
        var migrations = JObject.Parse(
            $$"""{ "web": { "family": "acme-dev-web", "task_definition_arn": "arn", "container": "migration"{{timeout}} } }""");
        var outputs = RuntimeOutputs.Read(new Dictionary<string, JToken> { [RuntimeOutputs.MigrationsOutput] = migrations });
        Assert.That(outputs.Migrations["web"].TimeoutMinutes, Is.EqualTo(expected));
    }

    [Test]
    public void RuntimeThatIsNotDeployed_HasNothing() => Assert.That(
        RuntimeOutputs.Read(
            new Dictionary<string, JToken>()) is { ClusterName: null, Agents: null, Migrations.Count: 0, TaskSubnetIds.Count: 0 });
}
