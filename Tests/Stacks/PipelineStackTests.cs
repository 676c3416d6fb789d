using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>System L's pipeline, in its own account.</summary>
internal sealed class PipelineStackTests
{
    private const string Key = "${aws_kms_key.pipeline-key.arn}";
    private const string BetaDeploys = "arn:aws:iam::111111111111:role/beta-awslegalpoc-infra-deploy";
    private const string ProductionDeploys = "arn:aws:iam::222222222222:role/awslegalpoc-infra-deploy";

    private static SynthesizedStack Stack => Example.AgentTools.Deployment["pipeline"];

    private static JObject Pipeline => Stack.Single("aws_codepipeline");

    private static IEnumerable<JObject> Actions => Pipeline["stage"]!.SelectMany(stage => stage["action"]!).Cast<JObject>();

    private static JObject Buildspec(string build) =>
        JObject.Parse((string)Stack.Resource("aws_codebuild_project", build)["source"]!["buildspec"]!);

    private static string[] Commands(string build) =>
        [.. ((JObject)Buildspec(build)["phases"]!)
            .Properties()
            .SelectMany(phase => phase.Value["commands"]!.Values<string>())
            .Select(command => command!)];

    [Test, Property("Row", "L3")]
    public void Pipeline_BuildsThenBetaThenAsksThenProduction()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Pipeline["stage"]!.Select(
                    stage => $"{stage["name"]}: "
                        + $"{string.Join(", ", stage["action"]!.OrderBy(action => (int)action["run_order"]!).Select(action => $"{action["name"]} by {action["provider"]}"))}"),
                Is.EqualTo(new[]
                {
                    "Source: Source by CodeStarSourceConnection",
                    "Build: Check by CodeBuild, Images-arm64 by CodeBuild",
                    "beta: Deploy by CodeBuild, Smoke by CodeBuild",
                    "Approve-prod: Approve by Manual",
                    "prod: Deploy by CodeBuild, Smoke by CodeBuild",
                }));
            Assert.That((string?)Pipeline["pipeline_type"], Is.EqualTo("V2"));
            Assert.That((string?)Pipeline["execution_mode"], Is.EqualTo("QUEUED"));
            Assert.That(Pipeline.SelectToken("trigger[0].git_configuration.push[0].branches.includes")!.Values<string>(),
                Is.EqualTo(new[] { "main" }));
        });
    }

    [Test, Property("Row", "L3")]
    public void Source_IsTheBranch_AndStartsOneRunACommit()
    {
        JObject source = Actions.Single(action => (string?)action["category"] == "Source");
        Assert.That(source["configuration"]!.ToObject<Dictionary<string, string>>(), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["ConnectionArn"] = "arn:aws:codeconnections:us-east-2:333333333333:connection/00000000-0000-0000-0000-000000000000",
            ["FullRepositoryId"] = "acme/awslegalpoc",
            ["BranchName"] = "main",
            ["DetectChanges"] = "false",
        }));
    }

    [Test, Property("Row", "L3"), Property("Row", "L10")]
    public void Approval_IsAskedForByMail()
    {
        JObject approval = Actions.Single(action => (string?)action["category"] == "Approval");
        Assert.Multiple(() =>
        {
            Assert.That((string?)approval["configuration"]!["NotificationArn"], Is.EqualTo("${aws_sns_topic.notices.arn}"));
            Assert.That((string?)approval["configuration"]!["CustomData"],
                Is.EqualTo("beta passed its smoke tests. Deploy this commit to prod, account 222222222222?"));
            Assert.That(
                Stack.Ids("aws_sns_topic_subscription").Select(id => (string?)Stack.Resource("aws_sns_topic_subscription", id)["endpoint"]),
                Is.EquivalentTo(new[] { "approvals@example.com", "operations@example.com" }));
        });
    }

    [Test, Property("Row", "L3"), Property("Row", "L-L3")]
    public void Builds_RunWhatIsRunLocally_AndTheTestsOfTheApplications()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Commands("build-check"), Is.EqualTo(new[]
            {
                "bash .ci/tools",
                "./infra test --fast",
                "(cd apps/streamlit && python3 -m pip install -r requirements.txt && python3 -m pytest tests/unit tests/integration)",
                "(cd apps/assistant && python3 -m pip install -r requirements.txt && python3 -m pytest tests/unit tests/integration)",
                "./infra synth --env examples/awslegalpoc/beta.json --out synthesized/beta",
                "./infra synth --env examples/awslegalpoc/prod.json --out synthesized/prod",
            }));
            Assert.That(
                Commands("build-deploy-beta").Where(command => command.StartsWith("./infra", StringComparison.Ordinal)), Is.EqualTo(new[]
            {
                "./infra deliver --env examples/awslegalpoc/beta.json --profile beta --yes --skip-smoke --digests "
                    + "\"$CODEBUILD_SRC_DIR_img_arm64/images.env\"",
            }));
            Assert.That(Commands("build-smoke-prod")[^1], Is.EqualTo("./infra smoke --env examples/awslegalpoc/prod.json --profile prod"));
        });
    }

    [Test, Property("Row", "L3")]
    public void Image_IsBuiltOnce_AndGoesToBothAccountsUnderOneTag()
    {
        string[] builds =
            [.. Commands("build-images-arm64").Where(command => command.Contains("docker buildx build ", StringComparison.Ordinal))];
        Assert.Multiple(() =>
        {
            Assert.That(builds, Has.Length.EqualTo(2));
            foreach (string app in new[] { "streamlit", "assistant" })
                Assert.That(
                    builds, Has.One.Contains(
                        $" --tag 111111111111.dkr.ecr.us-east-2.amazonaws.com/beta-awslegalpoc-{app}:$tag --tag "
                            + $"222222222222.dkr.ecr.us-east-2.amazonaws.com/awslegalpoc-{app}:$tag "));
            Assert.That(Commands("build-deploy-prod")[^1], Does.EndWith("--digests \"$CODEBUILD_SRC_DIR_img_arm64/images.env\""));
            Assert.That(
                Actions.Where(action => (string?)action["name"] == "Deploy")
                    .Select(action => string.Join(' ', action["input_artifacts"]!.Values<string>())),
                Is.All.EqualTo("source img_arm64"));
        });
    }

    [TestCase("build-deploy-beta", "profile beta", BetaDeploys), TestCase("build-smoke-beta", "profile beta", BetaDeploys)]
    [TestCase("build-deploy-prod", "profile prod", ProductionDeploys), TestCase("build-smoke-prod", "profile prod", ProductionDeploys)]
    [Property("Row", "L4")]
    public void Build_TakesTheRoleOfItsEnvironment_WithTheCredentialsOfItsContainer(string build, string profile, string role)
    {
        string command = Commands(build).Single(command => command.Contains(".aws/config", StringComparison.Ordinal));
        Assert.That(command, Does.Contain($"'[{profile}]' 'role_arn = {role}' 'credential_source = EcsContainer'"));
    }

    [TestCase("role-check", new string[0])]
    [TestCase("role-images",
        new[] { "arn:aws:iam::111111111111:role/beta-awslegalpoc-infra-push", "arn:aws:iam::222222222222:role/awslegalpoc-infra-push" })]
    [TestCase("role-deploy-beta", new[] { BetaDeploys })]
    [TestCase("role-deploy-prod", new[] { ProductionDeploys })]
    [TestCase("pipeline-role", new string[0])]
    [Property("Row", "L4"), Property("Row", "S10")]
    public void Role_AssumesOnlyItsOwnRolesInOtherAccounts(string role, string[] taken) =>
        Assert.That(
            PolicyStatement.Of(Stack)
                .Where(statement => statement.Id.StartsWith($"{role}_", StringComparison.Ordinal) && statement.Names("sts:AssumeRole"))
                    .SelectMany(statement => statement.Resources),
            Is.EqualTo(taken));

    [Test, Property("Row", "L4")]
    public void EveryAssumedRole_IsCreatedByItsEnvironment_AndTrustsItsCaller()
    {
        foreach (Example target in new[] { Example.AgentBeta, Example.AgentProduction })
            foreach ((string made, string taker) in new[] { ("deploy", $"role-deploy-{target.Config.Name}"), ("push", "role-images") })
            {
                string id = $"pipeline-{target.Config.Name}-{made}";
                string arn = $"arn:aws:iam::{target.Config.Account}:role/{target.Bootstrap.Resource("aws_iam_role", id)["name"]}";
                PolicyStatement trust = PolicyStatement.Of(target.Bootstrap).Single(statement => statement.IsTrust && statement.Id == id);
                Assert.Multiple(() =>
                {
                    Assert.That(
                        PolicyStatement.Of(Stack).Where(statement => statement.Names("sts:AssumeRole") && statement.Resources.Contains(arn))
                            .Select(statement => statement.Id), Is.EqualTo(new[] { $"{taker}_build" }));
                    Assert.That(
                        (string?)trust.Json["Condition"]!["ArnEquals"]!["aws:PrincipalArn"],
                        Is.EqualTo($"arn:aws:iam::333333333333:role/{Stack.Resource("aws_iam_role", taker)["name"]}"));
                });
            }
    }

    [Test, Property("Row", "S10")]
    public void Boundary_AllowsWhatThePipelinesRolesNeed_AndLimitsThem()
    {
        PolicyStatement[] boundary =
            [.. PolicyStatement.Of(Example.AgentTools.Bootstrap)
                .Where(statement => statement is { Type: "aws_iam_policy", Id: "boundary" })];
        IEnumerable<string> refused =
            from statement in PolicyStatement.Of(Stack)
            where statement.Allows && statement.Type == "aws_iam_role_policy"
            from action in statement.Actions
            from resource in statement.Resources
            where !boundary.Any(
                limit => limit.Allows && limit.Names(action) && (limit.Resources.Contains("*") || limit.Resources.Contains(resource)))
            select $"{statement.Id}: {action} {resource}";

        Assert.Multiple(() =>
        {
            Assert.That(refused, Is.Empty);
            foreach (string role in Stack.Ids("aws_iam_role"))
                Assert.That((string?)Stack.Resource("aws_iam_role", role)["permissions_boundary"],
                    Is.EqualTo("arn:aws:iam::333333333333:policy/awslegalpoc-boundary"), role);
        });
    }

    [Test, Property("Row", "S13"), Property("Row", "L3")]
    public void Artifacts_AreEncryptedWithTheKey_AndReadableByTheEnvironments()
    {
        JToken encryption =
            Stack.Resource("aws_s3_bucket_server_side_encryption_configuration",
                "artifacts_encryption")["rule"]![0]!["apply_server_side_encryption_by_default"]!;
        JObject bucketPolicy = SynthesizedStack.Policy(Stack.Resource("aws_s3_bucket_policy", "artifacts_policy")["policy"]);
        JObject keyPolicy = SynthesizedStack.Policy(Stack.Resource("aws_kms_key", "pipeline-key")["policy"]);

        Assert.Multiple(() =>
        {
            Assert.That((string?)encryption["sse_algorithm"], Is.EqualTo("aws:kms"));
            Assert.That((string?)encryption["kms_master_key_id"], Is.EqualTo(Key));
            Assert.That((string?)Pipeline.SelectToken("artifact_store[0].encryption_key.id"), Is.EqualTo(Key));
            Assert.That((bool?)Stack.Resource("aws_kms_key", "pipeline-key")["enable_key_rotation"], Is.True);
            foreach ((JObject policy, string action) in new[] { (bucketPolicy, "s3:GetObject"), (keyPolicy, "kms:Decrypt") })
                Assert.That(
                    policy["Statement"]!
                        .Where(statement => (string?)statement["Effect"] == "Allow"
                            && statement["Action"]!.ToString().Contains(action, StringComparison.Ordinal))
                        .Select(statement => (string?)statement.SelectToken("Condition.ArnEquals.['aws:PrincipalArn']")).OfType<string>(),
                    Is.EqualTo(new[] { BetaDeploys, ProductionDeploys }), action);
        });
    }

    [Test, Property("Row", "S13")]
    public void PrivilegedMode_IsOnlyForImageBuilds() =>
        Assert.That(
            Stack.Ids("aws_codebuild_project")
                .Where(id => (bool)Stack.Resource("aws_codebuild_project", id)["environment"]!["privileged_mode"]!),
            Is.EqualTo(new[] { "build-images-arm64" }));

    [Test, Property("Row", "S13"), Property("Row", "L10")]
    public void EveryBuild_LogsToAGroupWithARetention()
    {
        Assert.Multiple(() =>
        {
            foreach (string id in Stack.Ids("aws_codebuild_project"))
            {
                JObject project = Stack.Resource("aws_codebuild_project", id);
                JObject group = Stack.Resource("aws_cloudwatch_log_group", id);
                Assert.That((string?)project.SelectToken("logs_config.cloudwatch_logs.group_name"),
                    Is.EqualTo($"${{aws_cloudwatch_log_group.{id}.name}}"));
                Assert.That((string?)group["name"], Is.EqualTo($"/aws/codebuild/{project["name"]}"));
                Assert.That((int?)group["retention_in_days"], Is.EqualTo(90));
                Assert.That((string?)group["kms_key_id"], Is.EqualTo(Key));
                Assert.That((string?)project["encryption_key"], Is.EqualTo(Key));
                Assert.That((int?)project["build_timeout"], Is.EqualTo(60));
                Assert.That(project["environment"]!["environment_variable"], Is.Null, "nothing in plain text");
            }
        });
    }

    [Test, Property("Row", "L10"), Property("Row", "L3"), Property("Finding", "A1")]
    public void EveryFinishedExecution_IsReported()
    {
        JObject pattern = JObject.Parse((string)Stack.Single("aws_cloudwatch_event_rule")["event_pattern"]!);
        Assert.Multiple(() =>
        {
            Assert.That(pattern["detail"]!["state"]!.Values<string>(), Is.EqualTo(new[] { "FAILED", "STOPPED", "SUCCEEDED" }));
            Assert.That((string?)pattern["detail"]!["pipeline"]!.Single(), Is.EqualTo((string?)Pipeline["name"]));
            Assert.That((string?)Stack.Single("aws_cloudwatch_event_target")["arn"], Is.EqualTo("${aws_sns_topic.notices.arn}"));
            Assert.That(
                SynthesizedStack.Statement(
                    SynthesizedStack.Policy(Stack.Resource("aws_kms_key", "pipeline-key")["policy"]), "EventBridgeEncrypts")["Condition"],
                Is.Null, "a key policy's conditions keep EventBridge out");
            Assert.That((string?)Stack.Single("aws_sns_topic")["kms_master_key_id"], Is.EqualTo(Key));
        });
    }

    [Test, Property("Finding", "A22")]
    public void Builder_IsNotPulledFromDockerHub_WhichCountsPullsByAddress() =>
        Assert.That(Commands("build-images-arm64"),
            Has.One.EqualTo("docker buildx create --use --driver-opt image=public.ecr.aws/vend/moby/buildkit:buildx-stable-1"));

    [Test]
    public void WithoutImages_NothingIsPrivileged_AndNothingPushes()
    {
        using var folder = new Configuration.TestFolder();
        SynthesizedStack stack = Variant(folder, """ "images": {} """);

        Assert.Multiple(() =>
        {
            Assert.That(stack.Ids("aws_codebuild_project"), Is.EqualTo(new[] { "build-check", "build-deploy-beta", "build-smoke-beta" }));
            Assert.That(PolicyStatement.Of(stack).SelectMany(statement => statement.Resources), Has.None.Contains("infra-push"));
        });
    }

    [Test]
    public void Images_OfTwoArchitectures_AreBuiltOnBoth()
    {
        using var folder = new Configuration.TestFolder();
        SynthesizedStack stack =
            Variant(folder, """ "images": { "web": { "context": "web" }, "agent": { "context": "agent", "architecture": "arm64" } } """);

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Resource("aws_codebuild_project", "build-images-arm64")["environment"]!["type"],
                Is.EqualTo("ARM_CONTAINER"));
            Assert.That((string?)stack.Resource("aws_codebuild_project", "build-images-x86_64")["environment"]!["type"],
                Is.EqualTo("LINUX_CONTAINER"));
            Assert.That((string?)stack.Single("aws_codepipeline").SelectToken("stage[2].action[0].configuration.PrimarySource"),
                Is.EqualTo("source"));
            Assert.That(
                stack.Single("aws_codepipeline").SelectToken("stage[2].action[0].input_artifacts")!.Values<string>(),
                Is.EqualTo(new[] { "source", "img_arm64", "img_x86_64" }));
        });
    }

    private static SynthesizedStack Variant(Configuration.TestFolder folder, string images)
    {
        folder.Write("environments/beta.json", """
            { "name": "beta", "project": "acme", "account": "111111111111", "region": "us-east-1", "deployedFrom": "tools", "repositories": { "web": {}, "agent": {} } }
            """);
        folder.Write("environments/tools.json", $$"""
            {
              "name": "tools", "project": "acme", "account": "333333333333", "region": "us-east-1",
              "pipeline": {
                "connectionArn": "arn:aws:codeconnections:us-east-1:333333333333:connection/00000000-0000-0000-0000-000000000000",
                "repository": "acme/app", "promotes": ["beta"], {{images}}
              }
            }
            """);
        return SynthesizedDeployment.Of(Infra.Configuration.EnvironmentFile.Load("tools", folder.Root).Environment!)["pipeline"];
    }
}
