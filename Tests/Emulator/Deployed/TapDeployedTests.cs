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
    public void Nat_IsInAPublicSubnet_AndTheEgressOfEveryZone()
    {
        JObject nat = Runtime.Single("aws_nat_gateway");
        Assert.Multiple(() =>
        {
            Assert.That((string?)nat["subnet_id"], Is.EqualTo(Id("aws_subnet", "public-a")));
            foreach (string zone in new[] { "a", "b" })
                Assert.That((string?)Runtime.Resource("aws_route", $"out-{zone}")["nat_gateway_id"], Is.EqualTo((string?)nat["id"]), zone);
        });
    }

    [Test, Property("Row", "T2")]
    public void Host_OfTheService_LeadsToTheLoadBalancer() => Assert.Multiple(() =>
    {
        JObject record = Runtime.Resource("aws_route53_record", "host-api");
        Assert.That((string?)record["fqdn"], Is.EqualTo("api.example.com"));
        Assert.That((string?)record.SelectToken("alias[0].name"), Does.Contain((string?)Runtime.Single("aws_lb")["dns_name"]));
        Assert.That((string?)Runtime.Resource("aws_ecs_service", "backend").SelectToken("load_balancer[0].target_group_arn"),
            Is.EqualTo((string?)Runtime.Resource("aws_lb_target_group", "backend")["arn"]));
    });

    [Test, Property("Row", "T3")]
    public void Container_GetsItsSecretsByTheCreatedArns()
    {
        Dictionary<string, string> secrets =
            Container["secrets"]!.ToDictionary(secret => (string)secret["name"]!, secret => (string)secret["valueFrom"]!);
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
        });
    }

    [Test, Property("Row", "T4"), Property("Row", "S6")]
    public void Database_HasAManagedSecret_ItsParametersAndItsSecurityGroup()
    {
        JObject database = Base.Single("aws_db_instance");

        Assert.Multiple(() =>
        {
            Assert.That((string?)database.SelectToken("master_user_secret[0].secret_arn"), Does.StartWith("arn:aws:secretsmanager:"));
            Assert.That((string?)database["password"], Is.Null);
            Assert.That((string?)database["parameter_group_name"], Is.EqualTo((string?)Base.Single("aws_db_parameter_group")["name"]));
            Assert.That(database["vpc_security_group_ids"]!.Values<string>(), Is.EqualTo(new[] { Id("aws_security_group", "rds-sg") }));
        });
    }

    [Test, Property("Row", "T5"), Property("Row", "T6"), Property("Row", "S8")]
    public void Site_IsServedByCloudFront_WithTheWildcardCertificate()
    {
        JObject distribution = Base.Single("aws_cloudfront_distribution");

        Assert.Multiple(() =>
        {
            Assert.That((string?)distribution.SelectToken("viewer_certificate[0].acm_certificate_arn"),
                Is.EqualTo((string?)Base.Single("aws_acm_certificate")["arn"]));
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
    public void Roles_ReachTheCreatedRepositoryAndDistribution()
    {
        JObject start = AppliedStack.Policy(Base.Resource("aws_iam_role_policy", "backend-execution_start")["policy"]);
        JObject deliver = AppliedStack.Policy(Base.Resource("aws_iam_role_policy", "github-delivery_deliver")["policy"]);
        string? repository = (string?)Base.Resource("aws_ecr_repository", "repository-backend")["arn"];
        static string? Resource(JObject policy, string sid) => (string?)AppliedStack.Statement(policy, sid)["Resource"];

        Assert.Multiple(() =>
        {
            Assert.That(Resource(start, "Pull"), Is.EqualTo(repository));
            Assert.That(Resource(deliver, "Push"), Is.EqualTo(repository));
            Assert.That(Resource(deliver, "Invalidate"), Is.EqualTo((string?)Base.Single("aws_cloudfront_distribution")["arn"]));
        });
    }

    [Test, Property("Row", "T8"), Property("Row", "S9")]
    public void UserPool_OutputsItsIds_AndStoresTheSecretOfItsClient() => Assert.Multiple(() =>
    {
        Assert.That((string?)Base.Resource("aws_ssm_parameter", "identity_user-pool-id")["insecure_value"],
            Is.EqualTo((string?)Base.Single("aws_cognito_user_pool")["id"]));
        Assert.That((string?)Base.Resource("aws_ssm_parameter", "identity_client-id")["insecure_value"],
            Is.EqualTo((string?)Base.Single("aws_cognito_user_pool_client")["id"]));
        Assert.That((string?)Base.Resource("aws_secretsmanager_secret_version", "identity_client_secret_version")["secret_id"],
            Is.EqualTo(Id("aws_secretsmanager_secret", "identity_client_secret")));
    });
}
