using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>System T: names and numbers of its requirements.</summary>
internal sealed class TapTests
{
    private static SynthesizedStack Base => Example.Tap.Base;

    private static SynthesizedStack Runtime => Example.Tap.Runtime;

    private static JObject Container =>
        ContainerText.Parse(Runtime.Resource("aws_ecs_task_definition", "backend")["container_definitions"]);

    [Test, Property("Row", "T1")]
    public void Network_IsThePlannedOne()
    {
        string?[] Cidrs(string kind) =>
            [.. Base.Ids("aws_subnet").Where(id => id.StartsWith(kind, StringComparison.Ordinal))
                .Select(id => (string?)Base.Resource("aws_subnet", id)["cidr_block"])];

        Assert.Multiple(() =>
        {
            Assert.That((string?)Base.Single("aws_vpc")["cidr_block"], Is.EqualTo("10.0.0.0/16"));
            Assert.That((bool?)Base.Single("aws_vpc")["enable_dns_hostnames"], Is.True);
            Assert.That(Cidrs("public"), Is.EqualTo(new[] { "10.0.1.0/24", "10.0.2.0/24" }));
            Assert.That(Cidrs("private"), Is.EqualTo(new[] { "10.0.10.0/24", "10.0.11.0/24" }));
            Assert.That(Runtime.Ids("aws_nat_gateway"), Is.EqualTo(new[] { "nat-a" }));
            Assert.That(Runtime.Ids("aws_route"), Is.EqualTo(new[] { "out-a", "out-b" }));
            Assert.That(Base.Ids("aws_security_group"), Is.EqualTo(new[] { "alb-sg", "ecs-sg", "rds-sg" }));
        });
    }

    [TestCase("alb-443-0-0-0-0-0", "alb-sg", 443, "0.0.0.0/0", null)]
    [TestCase("tasks-8000", "ecs-sg", 8000, null, "alb-sg")]
    [TestCase("database-tasks", "rds-sg", 5432, null, "ecs-sg")]
    [Property("Row", "T1")]
    public void SecurityGroup_HasTheRequiredIngress(string rule, string group, int port, string? from, string? fromGroup)
    {
        JObject ingress = Base.Resource("aws_vpc_security_group_ingress_rule", rule);

        Assert.Multiple(() =>
        {
            Assert.That((string?)ingress["security_group_id"], Is.EqualTo($"${{aws_security_group.{group}.id}}"));
            Assert.That(((int?)ingress["from_port"], (int?)ingress["to_port"]), Is.EqualTo((port, port)));
            Assert.That((string?)ingress["cidr_ipv4"], Is.EqualTo(from));
            Assert.That((string?)ingress["referenced_security_group_id"],
                Is.EqualTo(fromGroup is null ? null : $"${{aws_security_group.{fromGroup}.id}}"));
        });
    }

    [Test, Property("Row", "T4")]
    public void Database_IsAsRequired()
    {
        JObject database = Base.Single("aws_db_instance");

        Assert.Multiple(() =>
        {
            Assert.That(
                ((string?)database["engine"], (string?)database["engine_version"], (string?)database["instance_class"]),
                Is.EqualTo(("postgres", "16", "db.t4g.micro")));
            Assert.That(((int?)database["allocated_storage"], (string?)database["storage_type"]), Is.EqualTo((20, "gp3")));
            Assert.That((int?)database["backup_retention_period"], Is.EqualTo(7));
        });
    }

    [Test, Property("Finding", "A2"), Property("Row", "T-L1")]
    public void Image_RunsAsInItsDockerfile()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Container.ContainsKey("user"), Is.False);
            Assert.That((bool?)Container["readonlyRootFilesystem"], Is.False);
        });
    }

    [Test, Property("Row", "T2")]
    public void Service_IsOneTaskOfAQuarterCpu()
    {
        JObject task = Runtime.Resource("aws_ecs_task_definition", "backend");
        JObject service = Runtime.Single("aws_ecs_service");
        JObject target = Runtime.Single("aws_lb_target_group");

        Assert.Multiple(() =>
        {
            Assert.That((string?)task["cpu"], Is.EqualTo("256"));
            Assert.That((string?)task["memory"], Is.EqualTo("512"));
            Assert.That((int?)service["desired_count"], Is.EqualTo(1));
            Assert.That((bool?)service["deployment_circuit_breaker"]!["rollback"], Is.True);
            Assert.That((int?)service["load_balancer"]!.Single()["container_port"], Is.EqualTo(8000));
            Assert.That((string?)target["health_check"]!["path"], Is.EqualTo("/health"));
            Assert.That((string?)target["deregistration_delay"], Is.EqualTo("30"));
        });
    }

    [Test, Property("Row", "T3"), Property("Row", "S3")]
    public void Secrets_ComeFromSecretsManagerAndParameterStore_ByReference()
    {
        Dictionary<string, string> secrets =
            Container["secrets"]!.ToDictionary(secret => (string)secret["name"]!, secret => (string)secret["valueFrom"]!);
        const string parameters = "arn:aws:ssm:us-east-1:111111111111:parameter/poc/tap/cognito";
        const string outputs = "${data.terraform_remote_state.base.outputs";

        Assert.That(secrets, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["DATABASE_URL"] = $"{outputs}.secret_database_url_arn}}",
            ["JWT_SECRET_KEY"] = $"{outputs}.secret_jwt_secret_key_arn}}",
            ["COGNITO_CLIENT_SECRET"] = $"{outputs}.secret_cognito_client_secret_arn}}",
            ["COGNITO_USER_POOL_ID"] = $"{parameters}/user-pool-id",
            ["COGNITO_CLIENT_ID"] = $"{parameters}/client-id",
            ["COGNITO_DOMAIN"] = $"{parameters}/domain",
            ["COGNITO_REGION"] = $"{parameters}/region",
        }));
    }

    [Test, Property("Row", "T3")]
    public void Parameters_ThatTheContainerReads_AreWrittenByTheUserPool() =>
        Assert.That(
            Base.Ids("aws_ssm_parameter").Select(id => (string?)Base.Resource("aws_ssm_parameter", id)["name"]),
            Is.SupersetOf(new[] { "user-pool-id", "client-id", "domain", "region" }.Select(name => $"/poc/tap/cognito/{name}")));

    [Test, Property("Row", "T3"), Property("Row", "T-L1")]
    public void Environment_IsThePlannedOne() =>
        Assert.That(Container["environment"]!.Select(variable => $"{variable["name"]}={variable["value"]}"), Is.EqualTo(new[]
        {
            "AWS_REGION=us-east-1",
            "COGNITO_REDIRECT_URI=https://api.example.com/auth/callback",
            "COOKIE_DOMAIN=.example.com",
            "COOKIE_SECURE=true",
            "CORS_ORIGINS=[\"https://example.com\"]",
            "DISCOVERY_PATH=/poc/tap/discovery",
            "ECR_REPOSITORY=tap-backend",
            "ENVIRONMENT=poc",
            "PROJECT=tap",
            "S3_BUCKET_FILES=tap-files-111111111111",
            "S3_BUCKET_NAME=tap-files-111111111111",
            "SERVICE=backend",
        }));

    [Test, Property("Row", "T6")]
    public void Site_HasTheOneCertificate()
    {
        JObject distribution = Base.Single("aws_cloudfront_distribution");

        Assert.Multiple(() =>
        {
            Assert.That(Base.Ids("aws_acm_certificate"), Is.EqualTo(new[] { "certificate" }), "us-east-1 is where CloudFront looks for it");
            Assert.That(
                (string?)distribution["viewer_certificate"]!["acm_certificate_arn"],
                Is.EqualTo("${aws_acm_certificate_validation.certificate.certificate_arn}"));
        });
    }

    [Test, Property("Row", "T7")]
    public void TaskRole_UsesItsFilesModelAndSecrets_AndNothingElse()
    {
        JObject policy = SynthesizedStack.Policy(Base.Resource("aws_iam_role_policy", "backend-task_uses")["policy"]);

        Assert.That(
            policy["Statement"]!.ToDictionary(s => (string)s["Sid"]!, s => s["Resource"]!.ToString(Newtonsoft.Json.Formatting.None)),
            Is.EquivalentTo(new Dictionary<string, string>
            {
                ["BucketFilesList"] = "\"arn:aws:s3:::tap-files-111111111111\"",
                ["BucketFiles"] = "\"arn:aws:s3:::tap-files-111111111111/*\"",
                ["Models"] = "\"arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0\"",
                ["Secrets"] =
                "[\"${aws_secretsmanager_secret.identity_client_secret.arn}\",\"${aws_secretsmanager_secret.secret-jwt-secret-key.arn}\"]",
            }));
    }

    [Test, Property("Row", "T7"), Property("Row", "T3")]
    public void ExecutionRole_ReadsExactlyWhatTheContainerIsGiven()
    {
        JObject policy = SynthesizedStack.Policy(Base.Resource("aws_iam_role_policy", "backend-execution_start")["policy"]);
        JToken outputs = Base.Json["output"]!;
        IEnumerable<string?> given = Container["secrets"]!.Select(secret => (string)secret["valueFrom"]!).Select(from =>
            from.StartsWith("${", StringComparison.Ordinal) ? (string?)outputs[from.Split('.')[^1].TrimEnd('}')]!["value"] : from);

        Assert.That(
            SynthesizedStack.Statement(policy, "Secrets")["Resource"]!.Values<string>()
                .Concat(SynthesizedStack.Statement(policy, "Parameters")["Resource"]!.Values<string>()),
            Is.EquivalentTo(given));
    }

    [Test, Property("Row", "T7")]
    public void GitHubRole_ReachesThisServiceSiteAndRepository()
    {
        JObject policy = SynthesizedStack.Policy(Base.Resource("aws_iam_role_policy", "github-delivery_deliver")["policy"]);
        string? Resource(string sid) => (string?)SynthesizedStack.Statement(policy, sid)["Resource"];

        Assert.Multiple(() =>
        {
            Assert.That(Resource("Push"), Is.EqualTo("${aws_ecr_repository.repository-backend.arn}"));
            Assert.That(Resource("Service"), Is.EqualTo("arn:aws:ecs:us-east-1:111111111111:service/tap-cluster/tap-backend"));
            Assert.That(Resource("Site"), Is.EqualTo("arn:aws:s3:::tap-spa-111111111111/*"));
            Assert.That(Resource("Invalidate"), Is.EqualTo("${aws_cloudfront_distribution.site-spa.arn}"));
        });
    }

    [Test, Property("Row", "T8")]
    public void People_SignInWithGoogle_AndReturnToTheApplication() => Assert.Multiple(() =>
    {
        Assert.That((string?)Base.Single("aws_cognito_identity_provider")["provider_type"], Is.EqualTo("Google"));
        Assert.That(
            Base.Single("aws_cognito_user_pool_client")["callback_urls"]!.Values<string>(),
            Is.EqualTo(new[] { "https://api.example.com/auth/callback" }));
    });

    [Test, Property("Row", "T9")]
    public void Logs_AreRetainedThirtyDays_AndWrittenToTheirRegion()
    {
        JObject group = Base.Resource("aws_cloudwatch_log_group", "service-backend");

        Assert.Multiple(() =>
        {
            Assert.That((int?)group["retention_in_days"], Is.EqualTo(30));
            Assert.That((string?)Container["logConfiguration"]!["options"]!["awslogs-group"], Is.EqualTo("/ecs/tap-backend"));
        });
    }

    [Test, Property("Row", "T9"), Property("Row", "T-L3")]
    public void Alarms_AreRaisedAsPlanned()
    {
        string Alarm(SynthesizedStack stack, string id)
        {
            JObject alarm = stack.Resource("aws_cloudwatch_metric_alarm", id);
            return $"{alarm["metric_name"]} > {alarm["threshold"]} for {(int)alarm["period"]! * (int)alarm["evaluation_periods"]!} s";
        }

        Assert.Multiple(() =>
        {
            Assert.That(Alarm(Runtime, "backend_response-time"), Is.EqualTo("TargetResponseTime > 5 for 180 s"));
            Assert.That(Alarm(Runtime, "backend_unhealthy-hosts"), Is.EqualTo("UnHealthyHostCount > 0 for 300 s"));
            Assert.That(Alarm(Base, "database-alarms_cpu"), Is.EqualTo("CPUUtilization > 80 for 600 s"));
        });
    }
}
