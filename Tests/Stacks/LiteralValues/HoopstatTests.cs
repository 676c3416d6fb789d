using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks.LiteralValues;

/// <summary>System H: literal names and values.</summary>
internal sealed class HoopstatTests
{
    private static SynthesizedStack Runtime => Example.Hoopstat.Runtime;

    [TestCase("data-pipeline_job_nightly", "hoopstat-haus-raw-data-prod", "hoopstat-haus/data-pipeline")]
    [TestCase("stats-api", "hoopstat-haus-processed-data-prod", "hoopstat-haus/stats-api")]
    [Property("Row", "H-L1")]
    public void Application_ReadsItsResourcesFromVariables(string definition, string bucket, string repository)
    {
        Dictionary<string, string> variables = Runtime.Variables(definition);
        Assert.That(
            (variables["AWS_REGION"], variables["S3_BUCKET_NAME"], variables["ECR_REPOSITORY"]),
            Is.EqualTo(("us-east-1", bucket, repository)));
    }

    [Test, Property("Row", "H-L1")]
    public void DataPipeline_IsAScheduledJob_TheOthersAreServices()
    {
        JObject job = Runtime.Single("aws_scheduler_schedule");

        Assert.Multiple(() =>
        {
            Assert.That((string?)job["name"], Is.EqualTo("hoopstat-haus-prod-data-pipeline_nightly"));
            Assert.That(
                ((string?)job["schedule_expression"], (string?)job["schedule_expression_timezone"]),
                Is.EqualTo(("cron(0 9 * * ? *)", "America/New_York")));
            Assert.That((int?)Runtime.Resource("aws_ecs_service", "data-pipeline")["desired_count"], Is.Zero);
            Assert.That(Runtime.Ids("aws_lb_target_group"), Is.EqualTo(new[] { "stats-api", "web-dashboard" }));
            foreach (string service in new[] { "stats-api", "web-dashboard" })
                Assert.That((int?)Runtime.Resource("aws_ecs_service", service)["desired_count"], Is.EqualTo(2), service);
        });
    }
}
