using Infra.Constructs.Monitoring;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Monitoring;

[Property("Row", "D-L6")]
internal sealed class SavedQueriesTests
{
    private static SynthesizedStack Synthesize(string[] services, string? insights = null, string? firewall = null) =>
        SynthesizedStack.Of(stack => _ = new SavedQueries(stack, "query", new SavedQueriesProps
        {
            Context = SynthesizedStack.Context(),
            ServiceLogGroups = services,
            SlowMilliseconds = 5000,
            ContainerInsightsLogGroup = insights,
            FirewallLogGroup = firewall,
        }));

    private static JObject Query(SynthesizedStack stack, string purpose) =>
        stack.Resource("aws_cloudwatch_query_definition", $"query_{purpose}");

    [Test]
    public void Queries_OfServices_SearchAllTheirLogGroups()
    {
        SynthesizedStack stack = Synthesize(["/ecs/acme-dev-web", "/ecs/acme-dev-api"]);

        Assert.Multiple(() =>
        {
            Assert.That(stack.Ids("aws_cloudwatch_query_definition"),
                Is.EqualTo(new[] { "query_errors", "query_request-by-id", "query_server-errors", "query_slow-requests" }));
            foreach (string purpose in new[] { "errors", "request-by-id", "server-errors", "slow-requests" })
            {
                Assert.That((string?)Query(stack, purpose)["name"], Is.EqualTo($"acme-dev/{purpose}"));
                Assert.That(Query(stack, purpose)["log_group_names"]!.Values<string>(),
                    Is.EqualTo(new[] { "/ecs/acme-dev-api", "/ecs/acme-dev-web" }));
            }
            Assert.That((string?)Query(stack, "slow-requests")["query_string"], Does.Contain("\n| filter milliseconds > 5000\n"));
            Assert.That((string?)Query(stack, "request-by-id")["query_string"], Does.Contain("filter @message like \"REQUEST-ID\""));
            Assert.That((string?)Query(stack, "server-errors")["query_string"], Does.Contain("filter code >= 500 and code < 600"));
        });
    }

    [Test]
    public void TaskStopsAndBlockedRequests_AreSearchedWhereThereAreLogs()
    {
        const string insights = "/aws/ecs/containerinsights/acme-dev/performance";
        SynthesizedStack stack = Synthesize(["/ecs/acme-dev-api"], insights, "aws-waf-logs-acme-dev");

        Assert.Multiple(() =>
        {
            Assert.That(Query(stack, "task-stops")["log_group_names"]!.Values<string>(), Is.EqualTo(new[] { insights }));
            Assert.That(
                Query(stack, "blocked-requests")["log_group_names"]!.Values<string>(), Is.EqualTo(new[] { "aws-waf-logs-acme-dev" }));
            Assert.That((string?)Query(stack, "blocked-requests")["query_string"], Does.StartWith("filter action = \"BLOCK\""));
            Assert.That(Synthesize([]).Ids("aws_cloudwatch_query_definition"), Is.Empty, "no services, no logs to search");
        });
    }
}
