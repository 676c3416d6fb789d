using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Requirements of system T, as applied.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class TapDeployedTests
{
    private static AppliedStack Base => AppliedEnvironment.Tap.Base;

    private static AppliedStack Runtime => AppliedEnvironment.Tap.Runtime;

    private static JToken Container =>
        JArray.Parse((string)Runtime.Resource("aws_ecs_task_definition", "backend")["container_definitions"]!).Single(
        container => (string?)container["name"] == "backend");

    private static string? Id(string type, string name) => (string?)Base.Resource(type, name)["id"];

    [Test, Property("Row", "T1")]
    public void Network_HasTheRequiredCidrBlocks_AndOneNat()
    {
        string?[] Blocks(string kind) =>
            [.. new[] { "a", "b" }.Select(zone => (string?)Base.Resource("aws_subnet", $"{kind}-{zone}")["cidr_block"])];
        JObject vpc = Base.Resource("aws_vpc", "vpc");

        Assert.Multiple(() =>
        {
            Assert.That((string?)vpc["cidr_block"], Is.EqualTo("10.0.0.0/16"));
            Assert.That((bool?)vpc["enable_dns_hostnames"], Is.True);
            Assert.That(Blocks("public"), Is.EqualTo(new[] { "10.0.1.0/24", "10.0.2.0/24" }));
            Assert.That(Blocks("private"), Is.EqualTo(new[] { "10.0.10.0/24", "10.0.11.0/24" }));
            Assert.That((string?)Runtime.Single("aws_nat_gateway")["subnet_id"], Is.EqualTo(Id("aws_subnet", "public-a")));
            foreach (string zone in new[] { "a", "b" })
                Assert.That((string?)Runtime.Resource("aws_route", $"out-{zone}")["nat_gateway_id"],
                    Is.EqualTo((string?)Runtime.Single("aws_nat_gateway")["id"]), zone);
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
            Assert.That((string?)Base.Resource("aws_security_group", group)["name"], Is.EqualTo(group));
            Assert.That((string?)ingress["security_group_id"], Is.EqualTo(Id("aws_security_group", group)));
            Assert.That((int?)ingress["from_port"], Is.EqualTo(port));
            Assert.That((int?)ingress["to_port"], Is.EqualTo(port));
            Assert.That((string?)ingress["cidr_ipv4"], Is.EqualTo(from));
            Assert.That((string?)ingress["referenced_security_group_id"],
                Is.EqualTo(fromGroup is null ? null : Id("aws_security_group", fromGroup)));
        });
    }

    [Test, Property("Row", "T2")]
    public void Service_IsOneSmallTask_WithCircuitBreaker_OnItsOwnHost()
    {
        JObject service = Runtime.Resource("aws_ecs_service", "backend");
        JObject task = Runtime.Resource("aws_ecs_task_definition", "backend");
        JObject target = Runtime.Resource("aws_lb_target_group", "backend");

        Assert.Multiple(() =>
        {
            Assert.That(((string?)task["cpu"], (string?)task["memory"]), Is.EqualTo(("256", "512")));
            Assert.That((int?)service["desired_count"], Is.EqualTo(1));
            Assert.That((bool?)service.SelectToken("deployment_circuit_breaker[0].enable"), Is.True);
            Assert.That((bool?)service.SelectToken("deployment_circuit_breaker[0].rollback"), Is.True);
            Assert.That((int?)service.SelectToken("load_balancer[0].container_port"), Is.EqualTo(8000));
            Assert.That((string?)target.SelectToken("health_check[0].path"), Is.EqualTo("/health"));
            Assert.That((string?)target["deregistration_delay"], Is.EqualTo("30"));
            Assert.That((string?)Runtime.Resource("aws_lb_listener_rule", "backend").SelectToken("condition[0].host_header[0].values[0]"),
                Is.EqualTo("api.example.com"));
            Assert.That((string?)Runtime.Resource("aws_route53_record", "host-api")["fqdn"], Is.EqualTo("api.example.com"));
        });
    }

    [Test, Property("Row", "T3")]
    public void Container_GetsItsSecretsByTheCreatedArns()
    {
        Dictionary<string, string> secrets =
            Container["secrets"]!.ToDictionary(secret => (string)secret["name"]!, secret => (string)secret["valueFrom"]!);
        Dictionary<string, string> variables =
            Container["environment"]!.ToDictionary(variable => (string)variable["name"]!, variable => (string)variable["value"]!);
        string? Secret(string name) => (string?)Base.Resource("aws_secretsmanager_secret", name)["arn"];

        Assert.Multiple(() =>
        {
            Assert.That(secrets["DATABASE_URL"], Is.EqualTo(Secret("database-url")));
            Assert.That(secrets["JWT_SECRET_KEY"], Is.EqualTo(Secret("secret-jwt-secret-key")));
            Assert.That(secrets["COGNITO_CLIENT_SECRET"], Is.EqualTo(Secret("identity_client_secret")));
            foreach ((string variable, string parameter) in new[]
            {
                ("COGNITO_USER_POOL_ID", "user-pool-id"), ("COGNITO_CLIENT_ID", "client-id"), ("COGNITO_DOMAIN", "domain"),
                ("COGNITO_REGION", "region"),
            })
                Assert.That(
                    secrets[variable], Is.EqualTo((string?)Base.Resource("aws_ssm_parameter", $"identity_{parameter}")["arn"]), variable);
            Assert.That(variables["CORS_ORIGINS"], Is.EqualTo("[\"https://example.com\"]"));
            Assert.That(variables["COOKIE_DOMAIN"], Is.EqualTo(".example.com"));
            Assert.That(variables["COOKIE_SECURE"], Is.EqualTo("true"));
            Assert.That(variables["COGNITO_REDIRECT_URI"], Is.EqualTo("https://api.example.com/auth/callback"));
        });
    }

    [Test, Property("Row", "T4"), Property("Row", "S6")]
    public void Database_IsAsRequired()
    {
        JObject database = Base.Single("aws_db_instance");

        Assert.Multiple(() =>
        {
            Assert.That((string?)database["engine"], Is.EqualTo("postgres"));
            Assert.That((string?)database["engine_version"], Does.StartWith("16"));
            Assert.That((string?)database["instance_class"], Is.EqualTo("db.t4g.micro"));
            Assert.That((int?)database["allocated_storage"], Is.EqualTo(20));
            Assert.That((string?)database["storage_type"], Is.EqualTo("gp3"));
            Assert.That((bool?)database["publicly_accessible"], Is.False);
            Assert.That((bool?)database["storage_encrypted"], Is.True);
            Assert.That((bool?)database["manage_master_user_password"], Is.True);
            Assert.That((int?)database["backup_retention_period"], Is.EqualTo(7));
            Assert.That((bool?)database["auto_minor_version_upgrade"], Is.True);
            Assert.That((bool?)database["copy_tags_to_snapshot"], Is.True);
            Assert.That(database["enabled_cloudwatch_logs_exports"]!.Values<string>(), Is.EquivalentTo(new[] { "postgresql", "upgrade" }));
            Assert.That(database["vpc_security_group_ids"]!.Values<string>(), Is.EqualTo(new[] { Id("aws_security_group", "rds-sg") }));
            Assert.That(
                Base.Single("aws_db_parameter_group")["parameter"]!.Single(
                    parameter => (string?)parameter["name"] == "rds.force_ssl")["value"]!.ToString(), Is.EqualTo("1"));
        });
    }

    [TestCase("site-spa_bucket", "tap-spa-111111111111"), TestCase("bucket-files", "tap-files-111111111111")]
    [Property("Row", "T5")]
    public void Bucket_HasItsNameVersionsAndEncryption_AndIsPrivate(string id, string name)
    {
        JObject closed = Base.Resource("aws_s3_bucket_public_access_block", $"{id}_public_access");

        Assert.Multiple(() =>
        {
            Assert.That((string?)Base.Resource("aws_s3_bucket", id)["id"], Is.EqualTo(name));
            Assert.That((string?)Base.Resource("aws_s3_bucket_versioning", $"{id}_versioning")
                .SelectToken("versioning_configuration[0].status"), Is.EqualTo("Enabled"));
            Assert.That(
                (string?)Base.Resource("aws_s3_bucket_server_side_encryption_configuration", $"{id}_encryption")
                    .SelectToken("rule[0].apply_server_side_encryption_by_default[0].sse_algorithm"),
                Is.EqualTo("AES256"));
            Assert.That((bool?)closed["block_public_policy"], Is.True);
            Assert.That((bool?)closed["restrict_public_buckets"], Is.True);
        });
    }

    [Test, Property("Row", "T5"), Property("Row", "T6"), Property("Row", "S8")]
    public void Site_IsServedByCloudFront_WithTheWildcardCertificate()
    {
        JObject distribution = Base.Single("aws_cloudfront_distribution");
        JObject certificate = Base.Single("aws_acm_certificate");

        Assert.Multiple(() =>
        {
            Assert.That((string?)certificate["domain_name"], Is.EqualTo("example.com"));
            Assert.That(certificate["subject_alternative_names"]!.Values<string>(), Does.Contain("*.example.com"));
            Assert.That(
                (string?)distribution.SelectToken("viewer_certificate[0].acm_certificate_arn"), Is.EqualTo((string?)certificate["arn"]));
            Assert.That((string?)distribution.SelectToken("viewer_certificate[0].minimum_protocol_version"), Is.EqualTo("TLSv1.2_2021"));
            Assert.That((string?)distribution["default_root_object"], Is.EqualTo("index.html"));
            Assert.That((string?)distribution["price_class"], Is.EqualTo("PriceClass_100"));
            Assert.That((string?)distribution["http_version"], Is.EqualTo("http2and3"));
            Assert.That(distribution["aliases"]!.Values<string>(), Is.EqualTo(new[] { "example.com" }));
            Assert.That(
                distribution["custom_error_response"]!.Select(
                    page => $"{page["error_code"]} {page["response_code"]} {page["response_page_path"]}"),
                Is.EquivalentTo(new[] { "403 200 /index.html", "404 200 /index.html" }));
            // Managed-CachingOptimized.
            Assert.That((string?)distribution.SelectToken("default_cache_behavior[0].cache_policy_id"),
                Is.EqualTo("658327ea-f89d-4fab-a63d-7e88639e58f6"));
            Assert.That(
                (string?)distribution.SelectToken("default_cache_behavior[0].response_headers_policy_id"),
                Is.EqualTo(Id("aws_cloudfront_response_headers_policy", "site-spa_headers")));
            Assert.That((string?)distribution.SelectToken("origin[0].origin_access_control_id"),
                Is.EqualTo(Id("aws_cloudfront_origin_access_control", "site-spa_access")));
            JObject read = AppliedStack.Policy(Base.Resource("aws_s3_bucket_policy", "site-spa_bucket_policy")["policy"]);
            Assert.That(
                read["Statement"]!.Select(statement => (string?)statement.SelectToken("Condition.StringEquals.['AWS:SourceArn']"))
                    .OfType<string>(),
                Is.EqualTo(new[] { (string?)distribution["arn"] }));
        });
    }

    [Test, Property("Row", "T7")]
    public void Roles_HaveTheRequiredPermissions()
    {
        JObject task = AppliedStack.Policy(Base.Resource("aws_iam_role_policy", "backend-task_uses")["policy"]);
        JObject start = AppliedStack.Policy(Base.Resource("aws_iam_role_policy", "backend-execution_start")["policy"]);
        JObject deliver = AppliedStack.Policy(Base.Resource("aws_iam_role_policy", "github-delivery_deliver")["policy"]);
        JObject trust = AppliedStack.Policy(Base.Resource("aws_iam_role", "github-delivery")["assume_role_policy"]);
        static string? Resource(JObject policy, string sid) => (string?)AppliedStack.Statement(policy, sid)["Resource"];

        Assert.Multiple(() =>
        {
            Assert.That(Resource(task, "BucketFiles"), Is.EqualTo("arn:aws:s3:::tap-files-111111111111/*"));
            Assert.That(
                Resource(task, "Models"), Is.EqualTo("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"));
            Assert.That(Resource(start, "Pull"), Is.EqualTo((string?)Base.Resource("aws_ecr_repository", "repository-backend")["arn"]));
            Assert.That(Resource(deliver, "Push"), Is.EqualTo((string?)Base.Resource("aws_ecr_repository", "repository-backend")["arn"]));
            Assert.That(Resource(deliver, "Service"), Is.EqualTo("arn:aws:ecs:us-east-1:111111111111:service/tap-cluster/tap-backend"));
            Assert.That((string?)Runtime.Resource("aws_ecs_service", "backend")["name"], Is.EqualTo("tap-backend"),
                "the service that the role may update");
            Assert.That(Resource(deliver, "Invalidate"), Is.EqualTo((string?)Base.Single("aws_cloudfront_distribution")["arn"]));
            Assert.That(trust.ToString(Newtonsoft.Json.Formatting.None),
                Does.Contain("repo:acme/tap:environment:poc").And.Contain("refs/heads/main").And.Contain("sts.amazonaws.com"));
        });
    }

    [Test, Property("Row", "T8"), Property("Row", "S9")]
    public void UserPool_SignsInByEmailAndGoogle_AndOutputsItsIds()
    {
        JObject pool = Base.Single("aws_cognito_user_pool");
        JObject client = Base.Single("aws_cognito_user_pool_client");

        Assert.Multiple(() =>
        {
            Assert.That(pool["username_attributes"]!.Values<string>(), Is.EqualTo(new[] { "email" }));
            Assert.That((bool?)pool.SelectToken("admin_create_user_config[0].allow_admin_create_user_only"), Is.True);
            Assert.That((int?)pool.SelectToken("password_policy[0].minimum_length"), Is.GreaterThanOrEqualTo(12));
            Assert.That((string?)pool["mfa_configuration"], Is.EqualTo("OPTIONAL"));
            Assert.That((string?)Base.Single("aws_cognito_identity_provider")["provider_type"], Is.EqualTo("Google"));
            Assert.That(client["allowed_oauth_flows"]!.Values<string>(), Is.EqualTo(new[] { "code" }));
            Assert.That(client["allowed_oauth_scopes"]!.Values<string>(), Is.EquivalentTo(new[] { "openid", "email", "profile" }));
            Assert.That(client["callback_urls"]!.Values<string>(), Is.EqualTo(new[] { "https://api.example.com/auth/callback" }));
            Assert.That((bool?)client["enable_token_revocation"], Is.True);
            Assert.That((string?)client["prevent_user_existence_errors"], Is.EqualTo("ENABLED"));
            Assert.That(
                (string?)Base.Resource("aws_ssm_parameter", "identity_user-pool-id")["insecure_value"], Is.EqualTo((string?)pool["id"]));
            Assert.That(
                (string?)Base.Resource("aws_ssm_parameter", "identity_client-id")["insecure_value"], Is.EqualTo((string?)client["id"]));
            Assert.That((string?)Base.Resource("aws_secretsmanager_secret_version", "identity_client_secret_version")["secret_id"],
                Is.EqualTo(Id("aws_secretsmanager_secret", "identity_client_secret")));
        });
    }

    [Test, Property("Row", "T9")]
    public void Logs_AreKeptThirtyDays_AndThoseOfTheLoadBalancerInTheirOwnBucket()
    {
        JObject group = Base.Resource("aws_cloudwatch_log_group", "service-backend");

        Assert.Multiple(() =>
        {
            Assert.That((string?)group["name"], Is.EqualTo("/ecs/tap-backend"));
            Assert.That((int?)group["retention_in_days"], Is.EqualTo(30));
            Assert.That(
                (string?)Runtime.Single("aws_lb").SelectToken("access_logs[0].bucket"), Is.EqualTo(Id("aws_s3_bucket", "alb-logs")));
            Assert.That((bool?)Runtime.Single("aws_lb").SelectToken("access_logs[0].enabled"), Is.True);
        });
    }

    [Test, Property("Row", "T9")]
    public void Alarms_HaveTheRequiredThresholds_AndNotifyTheTopic()
    {
        string Alarm(AppliedStack stack, string id)
        {
            JObject alarm = stack.Resource("aws_cloudwatch_metric_alarm", id);
            Assert.That(alarm["alarm_actions"]!.Values<string>(),
                Is.EqualTo(new[] { (string?)Base.Resource("aws_sns_topic", "alerts")["arn"] }), id);
            return $"{alarm["metric_name"]} {alarm["comparison_operator"]} {alarm["threshold"]} for "
                + $"{(int)alarm["period"]! * (int)alarm["evaluation_periods"]!} s";
        }

        Assert.Multiple(() =>
        {
            Assert.That(Alarm(Runtime, "backend_response-time"), Is.EqualTo("TargetResponseTime GreaterThanThreshold 5 for 180 s"));
            Assert.That(Alarm(Runtime, "backend_unhealthy-hosts"), Is.EqualTo("UnHealthyHostCount GreaterThanThreshold 0 for 300 s"));
            Assert.That(Alarm(Base, "database-alarms_cpu"), Is.EqualTo("CPUUtilization GreaterThanThreshold 80 for 600 s"));
        });
    }
}
