using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Requirements of system D, as applied. D6 is tested by <see cref="LifecycleTests"/>.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class DurableCodeDeployedTests
{
    private static AppliedStack Base => AppliedEnvironment.DurableCode.Base;

    private static AppliedStack Runtime => AppliedEnvironment.DurableCode.Runtime;

    private static string? Id(string type, string name) => (string?)Base.Resource(type, name)["id"];

    [Test, Property("Row", "D1"), Property("Row", "H10")]
    public void EveryTaggableResource_HasAllTags()
    {
        foreach (AppliedEnvironment environment in new[] { AppliedEnvironment.DurableCode, AppliedEnvironment.Hoopstat })
            foreach (AppliedStack stack in new[] { environment.Base, environment.Runtime })
            {
                var tagged = stack.Elements.Where(element => !element.IsData && element.Arguments["tags_all"] is JObject).ToList();
                Assert.That(tagged, Has.Count.GreaterThan(5), environment.File);
                Assert.Multiple(() =>
                {
                    foreach (var element in tagged)
                        Assert.That(
                            ((JObject)element.Arguments["tags_all"]!).Properties().Select(tag => tag.Name),
                            Is.SupersetOf(new[] { "Project", "Environment", "ManagedBy", "ProductDomain" }), element.Address);
                });
            }
    }

    [Test, Property("Row", "D2")]
    public void Network_HasItsGateways_AndTheLoadBalancerItsSecurityGroup() => Assert.Multiple(() =>
    {
        Assert.That((string?)Base.Single("aws_internet_gateway")["vpc_id"], Is.EqualTo(Id("aws_vpc", "vpc")));
        Assert.That((string?)Runtime.Resource("aws_route", "out-b")["nat_gateway_id"],
            Is.EqualTo((string?)Runtime.Single("aws_nat_gateway")["id"]));
        Assert.That(Runtime.Resource("aws_lb", "alb")["security_groups"]!.Values<string>(),
            Is.EqualTo(new[] { Id("aws_security_group", "alb-sg") }));
    });

    [TestCase("backend"), TestCase("frontend")]
    [Property("Row", "D3"), Property("Row", "S4")]
    public void Repository_HasItsLifecyclePolicy(string app) =>
        Assert.That((string?)Base.Resource("aws_ecr_lifecycle_policy", $"repository-{app}")["repository"],
            Is.EqualTo((string?)Base.Resource("aws_ecr_repository", $"repository-{app}")["name"]));

    [TestCase("backend"), TestCase("frontend")]
    [Property("Row", "D4"), Property("Row", "D5")]
    public void Service_HasItsRolesAndItsTargetGroup(string name)
    {
        JObject task = Runtime.Resource("aws_ecs_task_definition", name);

        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)task["execution_role_arn"], Is.EqualTo((string?)Base.Resource("aws_iam_role", $"{name}-execution")["arn"]));
            Assert.That((string?)task["task_role_arn"], Is.EqualTo((string?)Base.Resource("aws_iam_role", $"{name}-task")["arn"]));
            Assert.That((string?)Runtime.Resource("aws_ecs_service", name).SelectToken("load_balancer[0].target_group_arn"),
                Is.EqualTo((string?)Runtime.Resource("aws_lb_target_group", name)["arn"]));
        });
    }

    [Test, Property("Row", "D4")]
    public void Container_ReadsTheCreatedParameter()
    {
        JToken container = JArray.Parse((string)Runtime.Resource("aws_ecs_task_definition", "backend")["container_definitions"]!).Single();

        Assert.That(
            (string?)container["secrets"]!.Single(secret => (string?)secret["name"] == "LOG_LEVEL")["valueFrom"],
            Is.EqualTo((string?)Base.Resource("aws_ssm_parameter", "parameter-backend_log-level")["arn"]));
    }

    [Test, Property("Row", "D5"), Property("Row", "S2")]
    public void LoadBalancer_HasTheCertificate_AndTheHostLeadsToIt()
    {
        JObject host = Runtime.Resource("aws_route53_record", "host");

        Assert.Multiple(() =>
        {
            Assert.That((string?)Runtime.Resource("aws_lb_listener", "https")["certificate_arn"],
                Is.EqualTo((string?)Base.Resource("aws_acm_certificate", "certificate")["arn"]));
            Assert.That(
                (string?)host.SelectToken("alias[0].name"), Does.Contain((string?)Runtime.Resource("aws_lb", "alb")["dns_name"]));
            Assert.That((string?)host["zone_id"], Is.EqualTo((string?)Base.Single("aws_route53_zone")["zone_id"]));
        });
    }
}
