using Infra.Insight;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight;

internal sealed class StackJsonTests
{
    private static readonly StackJson s_stack = new("runtime", JObject.Parse("""
        {
          "//": { "metadata": { "stackName": "runtime" } },
          "data": {
            "terraform_remote_state": { "base": { "backend": "s3" } },
            "aws_ssm_parameter": { "release_backend": { "name": "/dev/acme/releases/backend" } }
          },
          "resource": {
            "aws_lb": { "alb": { "//": { "metadata": { "path": "runtime/alb/alb", "uniqueId": "alb" } }, "name": "acme" } },
            "aws_ecs_service": {
              "service-backend": {
                "name": "backend",
                "depends_on": ["aws_lb.alb"],
                "text": "not aws_lb.alb.arn, nor $${aws_lb.alb.arn}, but ${jsonencode({\"a\" = { b = [data.terraform_remote_state.base.outputs.vpc_id] }})}",
                "list": [{ "arn": "${aws_lb.alb.arn}${aws_lb.alb.arn}" }, 3, "${aws_lb.other.arn}", "${data.aws_ssm_parameter.release_backend[0].value}"]
              }
            }
          }
        }
        """));

    [Test]
    public void Elements_AreResourcesAndDataSources_ByAddress() =>
        Assert.That(s_stack.Elements.Select(element => element.Address), Is.EqualTo(new[]
    {
        "aws_ecs_service.service-backend", "aws_lb.alb", "data.aws_ssm_parameter.release_backend", "data.terraform_remote_state.base",
    }));

    [Test]
    public void Resources_AreWithoutDataSources() =>
        Assert.That(s_stack.Resources.Select(element => element.Type), Is.EqualTo(new[] { "aws_ecs_service", "aws_lb" }));

    [Test]
    public void ConstructPath_IsWhatCdktfSays() => Assert.Multiple(() =>
    {
        Assert.That(s_stack.Find("aws_lb.alb")!.ConstructPath, Is.EqualTo("runtime/alb/alb"));
        Assert.That(s_stack.Find("aws_ecs_service.service-backend")!.ConstructPath, Is.Null);
        Assert.That(s_stack.Find("aws_lb.other"), Is.Null);
    });

    [Test]
    public void References_AreThoseOfExpressionsAndDependencies() =>
        Assert.That(s_stack.ReferencesOf(s_stack.Find("aws_ecs_service.service-backend")!.Arguments), Is.EqualTo(new[]
        {
            new Reference("aws_lb.alb", ""),
            new Reference("aws_lb.alb", "arn"),
            new Reference("data.aws_ssm_parameter.release_backend", "value"),
            new Reference("data.terraform_remote_state.base", "outputs.vpc_id"),
        }));

    [Test]
    public void Text_IsTextOnly() => Assert.Multiple(() =>
    {
        Assert.That(s_stack.Find("aws_lb.alb")!.Text("name"), Is.EqualTo("acme"));
        Assert.That(s_stack.Find("aws_ecs_service.service-backend")!.Text("list"), Is.Null);
        Assert.That(s_stack.Find("aws_lb.alb")!.Text("internal"), Is.Null);
    });
}
