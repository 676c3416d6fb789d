using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Requirements for secure defaults, as applied, in every environment that has the resource.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class AllSystemsDeployedTests
{
    private static readonly AppliedEnvironment[] s_withServices =
        [AppliedEnvironment.Local, AppliedEnvironment.Tap, AppliedEnvironment.DurableCode, AppliedEnvironment.Hoopstat];

    private static IEnumerable<AppliedStack> StacksOf(AppliedEnvironment environment) =>
        [environment.Bootstrap, environment.Base, environment.Runtime];

    [TestCaseSource(nameof(s_withServices)), Property("Row", "S1")]
    public void Network_IsClosedByDefault_AndItsFlowsAreLogged(AppliedEnvironment environment)
    {
        JObject closed = environment.Base.Single("aws_default_security_group");

        Assert.Multiple(() =>
        {
            Assert.That((string?)closed["vpc_id"], Is.EqualTo((string?)environment.Base.Single("aws_vpc")["id"]));
            Assert.That(closed["ingress"], Is.Empty);
            Assert.That(closed["egress"], Is.Empty);
            Assert.That((string?)environment.Base.Single("aws_flow_log")["traffic_type"], Is.EqualTo("ALL"));
            foreach (string service in environment.Runtime.Ids("aws_ecs_service"))
                Assert.That((bool?)environment.Runtime.Resource("aws_ecs_service", service)
                    .SelectToken("network_configuration[0].assign_public_ip"), Is.False, service);
            Assert.That(environment.Runtime.Ids("aws_ecs_service"), Is.Not.Empty);
        });
    }

    [TestCaseSource(nameof(s_withServices)), Property("Row", "S2")]
    public void LoadBalancer_DropsInvalidHeaders_AndWritesAccessLogs(AppliedEnvironment environment)
    {
        JObject balancer = environment.Runtime.Resource("aws_lb", "alb");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)balancer["drop_invalid_header_fields"], Is.True);
            Assert.That((string?)balancer["desync_mitigation_mode"], Is.EqualTo("strictest"));
            Assert.That((string?)balancer.SelectToken("access_logs[0].bucket"),
                Is.EqualTo((string?)environment.Base.Resource("aws_s3_bucket", "alb-logs")["id"]));
        });
    }

    [TestCaseSource(nameof(s_withServices)), Property("Row", "S3")]
    public void Containers_AreReadOnlyUnprivilegedAndNotRoot_UnlessConfigured_AndContainNoSecret(AppliedEnvironment environment)
    {
        // The examples configure exceptions per service: for its task, jobs and migration.
        string[] asBuilt = [.. environment.Config.Services.Where(service => !service.Value.ReadOnlyRoot).Select(service => service.Key)];
        IReadOnlyList<string> tasks = environment.Runtime.Ids("aws_ecs_task_definition");
        Assert.That(tasks, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (string task in tasks)
                foreach (JToken container
                    in JArray.Parse((string)environment.Runtime.Resource("aws_ecs_task_definition", task)["container_definitions"]!))
                {
                    string what = $"{task}: {container["name"]}";
                    if (!asBuilt.Any(service => task == service || task.StartsWith($"{service}_", StringComparison.Ordinal)))
                    {
                        Assert.That((bool?)container["readonlyRootFilesystem"], Is.True, what);
                        Assert.That((string?)container["user"], Does.Match("^[1-9]"), what);
                    }

                    Assert.That((bool?)container["privileged"], Is.Not.True, what);
                    Assert.That((bool?)container.SelectToken("linuxParameters.initProcessEnabled"), Is.True, what);
                    Assert.That((string?)container["image"], Does.Match("@sha256:[0-9a-f]{64}$|^public\\.ecr\\.aws/docker/library/"), what);
                    Assert.That(
                        container["secrets"]?.Select(secret => (string?)secret["valueFrom"]) ?? [], Is.All.StartsWith("arn:aws:"), what);
                }
        });
    }

    [TestCaseSource(nameof(s_withServices)), Property("Row", "S4")]
    public void Repositories_AreImmutableScannedAndEncrypted(AppliedEnvironment environment)
    {
        IReadOnlyList<string> repositories = environment.Base.Ids("aws_ecr_repository");
        Assert.That(repositories, Is.Not.Empty);
        Assert.That(environment.Base.Ids("aws_ecr_lifecycle_policy"), Is.EqualTo(repositories));
        Assert.Multiple(() =>
        {
            foreach (JObject repository in repositories.Select(id => environment.Base.Resource("aws_ecr_repository", id)))
            {
                Assert.That((string?)repository["image_tag_mutability"], Is.EqualTo("IMMUTABLE"));
                Assert.That((bool?)repository.SelectToken("image_scanning_configuration[0].scan_on_push"), Is.True);
                Assert.That((string?)repository.SelectToken("encryption_configuration[0].encryption_type"), Is.AnyOf("AES256", "KMS"));
            }
        });
    }

    [TestCaseSource(typeof(AppliedEnvironment), nameof(AppliedEnvironment.All)), Property("Row", "S5"), Property("Row", "S15")]
    public void Buckets_AreOwnerEnforcedPrivateEncryptedTlsOnly_AndHaveALifecycle(AppliedEnvironment environment)
    {
        int seen = 0;
        Assert.Multiple(() =>
        {
            foreach (AppliedStack stack in new[] { environment.Bootstrap, environment.Base })
                foreach (string id in stack.Ids("aws_s3_bucket"))
                {
                    seen++;
                    JObject closed = stack.Resource("aws_s3_bucket_public_access_block", $"{id}_public_access");
                    foreach (string block
                        in new[] { "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets" })
                        Assert.That((bool?)closed[block], Is.True, $"{id} {block}");
                    Assert.That((string?)stack.Resource("aws_s3_bucket_ownership_controls", $"{id}_ownership")
                        .SelectToken("rule[0].object_ownership"), Is.EqualTo("BucketOwnerEnforced"), id);
                    Assert.That(
                        (string?)stack.Resource("aws_s3_bucket_server_side_encryption_configuration", $"{id}_encryption")
                            .SelectToken("rule[0].apply_server_side_encryption_by_default[0].sse_algorithm"),
                        Is.AnyOf("AES256", "aws:kms"), id);
                    Assert.That(
                        (int?)stack.Resource("aws_s3_bucket_lifecycle_configuration", $"{id}_lifecycle")
                            .SelectToken("rule[0].abort_incomplete_multipart_upload[0].days_after_initiation"),
                        Is.EqualTo(7), id);
                    JObject tls = AppliedStack.Statement(
                        AppliedStack.Policy(stack.Resource("aws_s3_bucket_policy", $"{id}_policy")["policy"]), "TlsOnly");
                    Assert.That(((string?)tls["Effect"], (string?)tls.SelectToken("Condition.Bool.['aws:SecureTransport']")),
                        Is.EqualTo(("Deny", "false")), id);
                }
        });
        Assert.That(seen, Is.GreaterThan(1));
    }

    [Test, Property("Row", "S6")]
    public void Database_ForcesTls_RotatesItsPassword_AndIsKept()
    {
        JObject database = AppliedEnvironment.Tap.Base.Single("aws_db_instance");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)database["storage_encrypted"], Is.True);
            Assert.That((bool?)database["publicly_accessible"], Is.False);
            Assert.That((string?)database.SelectToken("master_user_secret[0].secret_arn"), Does.StartWith("arn:aws:secretsmanager:"));
            Assert.That((bool?)AppliedEnvironment.Tap.Base.Planned("aws_db_instance", "database")["manage_master_user_password"], Is.True);
            Assert.That((string?)database["parameter_group_name"],
                Is.EqualTo((string?)AppliedEnvironment.Tap.Base.Single("aws_db_parameter_group")["name"]));
        });
    }

    [Test, Property("Row", "S7")]
    public void Table_HasPointInTimeRecovery_AndIsEncrypted()
    {
        JObject table = AppliedEnvironment.Local.Base.Resource("aws_dynamodb_table", "table-sessions");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)table.SelectToken("point_in_time_recovery[0].enabled"), Is.True);
            Assert.That((bool?)table.SelectToken("server_side_encryption[0].enabled"), Is.True);
        });
    }

    [TestCaseSource(typeof(AppliedEnvironment), nameof(AppliedEnvironment.All)), Property("Row", "S10")]
    public void Roles_HaveNoWildcardPermissions_AndNoUnconditionalTrust(AppliedEnvironment environment)
    {
        PolicyStatement[] statements = [.. StacksOf(environment).SelectMany(PolicyStatement.Of)];
        PolicyStatement[] identity =
            [.. statements.Where(statement => statement.IsOfIdentity && statement.Allows && statement.Id != "boundary")];

        Assert.Multiple(() =>
        {
            Assert.That(identity, Is.Not.Empty);
            Assert.That(identity.Where(statement => statement.Actions.Contains("*")), Is.Empty);
            Assert.That(
                identity.Where(statement =>
                    statement.Resources.Contains("*") && statement.Actions.Any(action => action.EndsWith(":*", StringComparison.Ordinal))
                    && statement.ConditionKeys.Count == 0),
                Is.Empty, "a wildcard action on a wildcard resource");
            Assert.That(
                statements.Where(statement => statement.IsTrust
                    && statement.Services.Count > 0
                    && !statement.ConditionKeys.Any(key => key is "aws:sourceaccount" or "aws:sourcearn")),
                Is.Empty, "unconditional trust in a service");
        });
    }

    [TestCaseSource(typeof(AppliedEnvironment), nameof(AppliedEnvironment.All)), Property("Row", "S15")]
    public void State_IsVersionedAndEncrypted_AndItsLocksHavePointInTimeRecovery(AppliedEnvironment environment)
    {
        JObject table = environment.Bootstrap.Resource("aws_dynamodb_table", "lock");

        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)environment.Bootstrap.Resource("aws_s3_bucket_versioning", "state_versioning")
                    .SelectToken("versioning_configuration[0].status"), Is.EqualTo("Enabled"));
            Assert.That((bool?)table.SelectToken("point_in_time_recovery[0].enabled"), Is.True);
            // Encrypted with the key that DynamoDB owns, as every table is: "enabled" would mean a KMS key, on which each caller needs
            // permissions (finding B3).
            Assert.That((bool?)table.SelectToken("server_side_encryption[0].enabled"), Is.Not.EqualTo(true));
        });
    }
}
