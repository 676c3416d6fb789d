using Infra.Insight;
using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Releases;

internal sealed class ReleasedResourcesTests
{
    private static readonly StackJson Runtime = new("runtime", JObject.Parse("""
        {
          "data": { "aws_ssm_parameter": { "release_web": { "name": "/dev/acme/releases/web" }, "release_web-api": { "name": "/dev/acme/releases/web-api" } } },
          "resource": {
            "aws_ecs_task_definition": {
              "web": { "container_definitions": "[{\"image\":${jsonencode(data.aws_ssm_parameter.release_web.insecure_value == \"none\" ? \"x\" : \"y\")}}]" },
              "web-api": { "container_definitions": "${data.aws_ssm_parameter.release_web-api.insecure_value}" }
            },
            "aws_ecs_service": { "web": { "task_definition": "${aws_ecs_task_definition.web.arn}" } },
            "aws_cloudwatch_metric_alarm": { "web_cpu": { "dimensions": { "ServiceName": "${aws_ecs_service.web.name}" } } }
          }
        }
        """));

    [Test]
    public void Of_Service_IsItsTaskDefinitionAndItsDependents() =>
        Assert.That(ReleasedResources.Of(Runtime, "web"), Is.EqualTo(new[] { "aws_ecs_service.web", "aws_ecs_task_definition.web" }));

    [Test]
    public void ReviewAsync_MoreThanTheRelease_IsRefusedUnlessAskedFor()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cdk.tf.json", "{}");
        ResourceChange[] changes =
        [
            new("aws_ecs_service.web", "aws_ecs_service", "update", []),
            new("aws_lb_target_group.web", "aws_lb_target_group", "replace", []),
        ];
        var plan = new StackPlan(
            new StackFolder("runtime", folder.Path), "plan", false, true, new PlanContents(changes, []), new ChangeCounts(1, 1, 1));
        var told = new List<string>();

        OperationException refused = Assert.ThrowsAsync<OperationException>(
            () => new ReleaseReview(["aws_ecs_service.web"], yes: false, told.Add).ReviewAsync(plan, default))!;
        Assert.That(refused.Message, Is.EqualTo("the plan contains more than the release: aws_lb_target_group.web"));
        Assert.DoesNotThrowAsync(() => new ReleaseReview(["aws_ecs_service.web"], yes: true, told.Add).ReviewAsync(plan, default));
        Assert.That(told.Single(), Does.Contain("aws_lb_target_group.web"));
    }
}
