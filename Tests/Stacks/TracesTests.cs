using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>The collector of traces of an environment with <c>observability.traces</c>.</summary>
[Property("Row", "L-L3")]
internal sealed class TracesTests
{
    private static readonly Lazy<SynthesizedDeployment> s_traced =
        new(() => Deployment(""", "observability": { "traces": { "samplingPercent": 10 } }"""));

    private static SynthesizedStack Runtime => s_traced.Value.Runtime;

    private static SynthesizedDeployment Deployment(string traces) => SynthesizedDeployment.Of(WrittenEnvironment.Load("traced", $$"""
        {
          "name": "traced", "project": "acme", "account": "111111111111", "region": "us-east-2",
          "services": {
            "api": {
              "port": 8000, "environment": { "OTEL_TRACES_SAMPLER_ARG": "1" },
              "jobs": { "nightly": { "schedule": "rate(1 day)", "command": ["run"] } }
            }
          }{{traces}}
        }
        """));

    private static JToken[] Containers(string task) =>
        [.. ContainerText.ParseAll(Runtime.Resource("aws_ecs_task_definition", task)["container_definitions"])];

    private static Dictionary<string, string?> Variables(JToken container) =>
        container["environment"]!.ToDictionary(variable => (string)variable["name"]!, variable => (string?)variable["value"]);

    [Test]
    public void Service_HasACollector_PinnedByItsDigest()
    {
        JToken collector = Containers("api").Single(container => (string?)container["name"] == "otel-collector");
        JObject pipeline = JObject.Parse(Variables(collector)["AOT_CONFIG_CONTENT"]!);

        Assert.Multiple(() =>
        {
            Assert.That((string?)collector["image"], Is.EqualTo(
                "public.ecr.aws/aws-observability/aws-otel-collector@sha256:8aa9ea5f67b8d318f7d6af24677e3c70f7098bc0631147cb5fa91addbe980b06"));
            Assert.That((bool?)collector["essential"], Is.False);
            Assert.That((string?)pipeline.SelectToken("receivers.otlp.protocols.http.endpoint"), Is.EqualTo("127.0.0.1:4318"));
            Assert.That((string?)pipeline.SelectToken("exporters.awsxray.region"), Is.EqualTo("us-east-2"));
        });
    }

    [Test]
    public void Application_GetsTheVariablesOfItsSdk_AndItsOwnWin()
    {
        Dictionary<string, string?> variables = Variables(Containers("api").Single(container => (string?)container["name"] == "api"));

        Assert.Multiple(() =>
        {
            Assert.That(variables["OTEL_SERVICE_NAME"], Is.EqualTo("api"));
            Assert.That(variables["OTEL_EXPORTER_OTLP_ENDPOINT"], Is.EqualTo("http://127.0.0.1:4318"));
            Assert.That(variables["OTEL_RESOURCE_ATTRIBUTES"], Is.EqualTo("service.namespace=acme,deployment.environment.name=traced"));
            Assert.That(variables["OTEL_PROPAGATORS"], Does.Contain("xray"));
            Assert.That(variables["OTEL_TRACES_SAMPLER"], Is.EqualTo("parentbased_traceidratio"));
            Assert.That(variables["OTEL_TRACES_SAMPLER_ARG"], Is.EqualTo("1"), "the service's own value");
            Assert.That(variables, Does.Not.ContainKey("OTEL_SDK_DISABLED"));
        });
    }

    [Test]
    public void Job_HasNoCollector_AndSendsNoTraces()
    {
        JToken[] containers = Containers("api_job_nightly");
        Assert.That(containers.Select(container => (string?)container["name"]), Has.None.EqualTo("otel-collector"));
        Assert.That(Variables(containers[0])["OTEL_SDK_DISABLED"], Is.EqualTo("true"));
    }

    [Test]
    public void TaskRole_MaySendTraces_AndNothingElse()
    {
        JObject policy = SynthesizedStack.Policy(s_traced.Value.Base.Resource("aws_iam_role_policy", "api-task_uses")["policy"]);
        Assert.That(SynthesizedStack.Statement(policy, "Traces")["Action"]!.Values<string>(),
            Is.EqualTo(new[] { "xray:PutTelemetryRecords", "xray:PutTraceSegments" }));
        Assert.That(policy["Statement"]!.Count(), Is.EqualTo(1));
    }

    [Test]
    public void Cost_NamesThePriceOfTraces()
    {
        Estimate estimate = Estimate.Of([new StackJson("runtime", Runtime.Json)], PriceList.Committed);
        Assert.That(
            estimate.NotCounted.Single(item => item.Type == "aws_ecs_task_definition").Why, Does.StartWith("traces: 5 USD per million"));
    }

    [Test]
    public void ByDefault_NothingIsAdded()
    {
        SynthesizedDeployment without = Deployment("");
        Assert.That(without.Base.Ids("aws_iam_role_policy"), Has.None.EqualTo("api-task_uses"));
        Assert.That((string?)without.Runtime.Resource("aws_ecs_task_definition", "api")["container_definitions"],
            Does.Not.Contain("otel-collector").And.Not.Contain("OTEL_SERVICE_NAME"));
    }
}
