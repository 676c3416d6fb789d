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

    [Test, Property("Row", "D1")]
    public void State_IsInS3_AndResourcesHaveTheTags()
    {
        JToken tags = Base.Resource("aws_vpc", "vpc")["tags_all"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)AppliedEnvironment.DurableCode.Bootstrap.Resource("aws_s3_bucket", "state")["id"],
                Is.EqualTo("durable-code-terraform-state"));
            Assert.That(
                (string?)AppliedEnvironment.DurableCode.Bootstrap.Resource("aws_dynamodb_table", "lock")["hash_key"], Is.EqualTo("LockID"));
            Assert.That((string?)tags["Project"], Is.EqualTo("durable-code-test"));
            Assert.That((string?)tags["Environment"], Is.EqualTo("dev"));
            Assert.That((string?)tags["ManagedBy"], Is.EqualTo("terraform"));
            Assert.That((string?)tags["ProductDomain"], Is.EqualTo("durableai"));
        });
    }

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
    public void Network_HasBothKindsOfSubnetsInTwoZones_ANatAndGroups()
    {
        string?[] Zones(string kind) =>
            [.. new[] { "a", "b" }.Select(zone => (string?)Base.Resource("aws_subnet", $"{kind}-{zone}")["availability_zone"])];

        Assert.Multiple(() =>
        {
            Assert.That(Zones("public"), Is.EqualTo(new[] { "us-west-2a", "us-west-2b" }));
            Assert.That(Zones("private"), Is.EqualTo(new[] { "us-west-2a", "us-west-2b" }));
            Assert.That((string?)Base.Single("aws_internet_gateway")["vpc_id"], Is.EqualTo(Id("aws_vpc", "vpc")));
            Assert.That((string?)Runtime.Resource("aws_route", "out-b")["destination_cidr_block"], Is.EqualTo("0.0.0.0/0"));
            Assert.That((string?)Runtime.Resource("aws_route", "out-b")["nat_gateway_id"],
                Is.EqualTo((string?)Runtime.Single("aws_nat_gateway")["id"]));
            Assert.That(Runtime.Resource("aws_lb", "alb")["security_groups"]!.Values<string>(),
                Is.EqualTo(new[] { Id("aws_security_group", "alb-sg") }));
        });
    }

    [TestCase("backend"), TestCase("frontend")]
    [Property("Row", "D3"), Property("Row", "S4")]
    public void Repository_IsScannedImmutableAndEncrypted_AndKeepsTenImages(string app)
    {
        JObject repository = Base.Resource("aws_ecr_repository", $"repository-{app}");
        JToken rules = AppliedStack.Policy(Base.Resource("aws_ecr_lifecycle_policy", $"repository-{app}")["policy"])["rules"]!;

        Assert.Multiple(() =>
        {
            Assert.That((bool?)repository.SelectToken("image_scanning_configuration[0].scan_on_push"), Is.True);
            Assert.That((string?)repository["image_tag_mutability"], Is.EqualTo("IMMUTABLE"));
            Assert.That((string?)repository.SelectToken("encryption_configuration[0].encryption_type"), Is.EqualTo("AES256"));
            Assert.That(rules.Select(rule => $"{rule["selection"]!["tagStatus"]} {rule["selection"]!["countNumber"]}"),
                Is.EquivalentTo(new[] { "untagged 7", "tagged 20", "tagged 10" }));
        });
    }

    [TestCase("backend", "512", "1024", 8000, "/health"), TestCase("frontend", "256", "512", 3000, "/")]
    [Property("Row", "D4"), Property("Row", "D5")]
    public void Service_RunsTwoTasksOfItsSize_InItsTargetGroup(string name, string cpu, string memory, int port, string health)
    {
        JObject task = Runtime.Resource("aws_ecs_task_definition", name);
        JObject service = Runtime.Resource("aws_ecs_service", name);
        JObject target = Runtime.Resource("aws_lb_target_group", name);

        Assert.Multiple(() =>
        {
            Assert.That(((string?)task["cpu"], (string?)task["memory"]), Is.EqualTo((cpu, memory)));
            Assert.That(
                (string?)task["execution_role_arn"], Is.EqualTo((string?)Base.Resource("aws_iam_role", $"{name}-execution")["arn"]));
            Assert.That((string?)task["task_role_arn"], Is.EqualTo((string?)Base.Resource("aws_iam_role", $"{name}-task")["arn"]));
            Assert.That((int?)service["desired_count"], Is.EqualTo(2));
            Assert.That((int?)service["health_check_grace_period_seconds"], Is.EqualTo(60));
            Assert.That((int?)service["deployment_minimum_healthy_percent"], Is.EqualTo(100));
            Assert.That((string?)service.SelectToken("load_balancer[0].target_group_arn"), Is.EqualTo((string?)target["arn"]));
            Assert.That((int?)service.SelectToken("load_balancer[0].container_port"), Is.EqualTo(port));
            Assert.That((string?)target.SelectToken("health_check[0].path"), Is.EqualTo(health));
        });
    }

    [Test, Property("Row", "D4")]
    public void Cluster_HasContainerInsights_AndItsContainersReadParameterStore()
    {
        JToken container = JArray.Parse((string)Runtime.Resource("aws_ecs_task_definition", "backend")["container_definitions"]!).Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)Runtime.Single("aws_ecs_cluster").SelectToken("setting[0].value"), Is.EqualTo("enabled"));
            Assert.That(
                (string?)container["secrets"]!.Single(secret => (string?)secret["name"] == "LOG_LEVEL")["valueFrom"],
                Is.EqualTo((string?)Base.Resource("aws_ssm_parameter", "parameter-backend_log-level")["arn"]));
        });
    }

    [Test, Property("Row", "D5"), Property("Row", "S2")]
    public void LoadBalancer_ServesHttpsWithTheCertificate_AndRedirectsHttp()
    {
        JObject balancer = Runtime.Resource("aws_lb", "alb");
        JObject https = Runtime.Resource("aws_lb_listener", "https");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)balancer["internal"], Is.False);
            Assert.That((bool?)balancer["drop_invalid_header_fields"], Is.True);
            Assert.That((string?)balancer["desync_mitigation_mode"], Is.EqualTo("strictest"));
            Assert.That((bool?)balancer.SelectToken("access_logs[0].enabled"), Is.True);
            Assert.That((int?)https["port"], Is.EqualTo(443));
            Assert.That((string?)https["ssl_policy"], Does.StartWith("ELBSecurityPolicy-TLS13-1-2-"));
            Assert.That((string?)https["certificate_arn"], Is.EqualTo((string?)Base.Resource("aws_acm_certificate", "certificate")["arn"]));
            Assert.That((string?)Runtime.Resource("aws_lb_listener", "redirect").SelectToken("default_action[0].redirect[0].protocol"),
                Is.EqualTo("HTTPS"));
            Assert.That((string?)Runtime.Resource("aws_route53_record", "host").SelectToken("alias[0].name"),
                Does.Contain((string?)balancer["dns_name"]));
            Assert.That((string?)Runtime.Resource("aws_route53_record", "host")["zone_id"],
                Is.EqualTo((string?)Base.Single("aws_route53_zone")["zone_id"]));
        });
    }
}
