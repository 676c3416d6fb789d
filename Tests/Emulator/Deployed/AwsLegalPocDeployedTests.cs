using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Requirements of system L, as applied: two environments and the pipeline between them, in three accounts.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class AwsLegalPocDeployedTests
{
    private static AppliedStack Pipeline => AppliedEnvironment.AgentTools.Pipeline;

    private static IEnumerable<AppliedEnvironment> Targets => [AppliedEnvironment.AgentBeta, AppliedEnvironment.AgentProduction];

    private static IEnumerable<string> Commands(string build) =>
        JObject.Parse((string)Pipeline.Resource("aws_codebuild_project", build).SelectToken("source[0].buildspec")!)
            .SelectTokens("phases.*.commands[*]").Select(command => (string)command!);

    private static string KeyArn => (string)Pipeline.Single("aws_kms_key")["arn"]!;

    [Test, Property("Row", "L1")]
    public void Environments_AreInTheirAccountsAndRegion_WithTheirPrefixes()
    {
        Assert.Multiple(() =>
        {
            foreach ((AppliedEnvironment environment, string cluster) in new[]
            {
                (AppliedEnvironment.AgentBeta, "arn:aws:ecs:us-east-2:111111111111:cluster/beta-awslegalpoc"),
                (AppliedEnvironment.AgentProduction, "arn:aws:ecs:us-east-2:222222222222:cluster/awslegalpoc"),
            })
                Assert.That((string?)environment.Runtime.Single("aws_ecs_cluster")["arn"], Is.EqualTo(cluster));
        });
    }

    [Test, Property("Row", "L5")]
    public void Environments_ShareNoResources()
    {
        Assert.Multiple(() =>
        {
            foreach (string type in new[] { "aws_vpc", "aws_cognito_user_pool", "aws_dynamodb_table" })
            {
                string[][] arns =
                    [.. Targets.Select(
                        target => target.Base.Ids(type).Select(id => (string)target.Base.Resource(type, id)["arn"]!).ToArray())];
                Assert.That(arns[0], Has.Length.GreaterThan(0).And.All.Contains(":111111111111:"), type);
                Assert.That(arns[1], Has.Length.EqualTo(arns[0].Length).And.All.Contains(":222222222222:"), type);
            }
        });
    }

    [Test, Property("Row", "L3")]
    public void Pipeline_IsCreated_AndThePlanIsClean()
    {
        Assert.That((string?)Pipeline.Single("aws_codepipeline")["arn"],
            Is.EqualTo("arn:aws:codepipeline:us-east-2:333333333333:tools-awslegalpoc-pipeline"));
        Assert.That(AppliedEnvironment.AgentTools.Expect(0, "plan").Output, Does.Contain("no changes"));
    }

    [Test, Property("Row", "L4")]
    public void RolesOfTheTargets_TrustTheRolesThatAssumeThem()
    {
        Assert.Multiple(() =>
        {
            foreach (AppliedEnvironment target in Targets)
                foreach ((string made, string taker) in new[] { ("deploy", $"role-deploy-{target.Config.Name}"), ("push", "role-images") })
                {
                    JObject role = target.Bootstrap.Resource("aws_iam_role", $"pipeline-{target.Config.Name}-{made}");
                    JObject trust = JObject.Parse((string)role["assume_role_policy"]!);
                    Assert.That((string?)trust["Statement"]![0]!["Condition"]!["ArnEquals"]!["aws:PrincipalArn"],
                        Is.EqualTo((string?)Pipeline.Resource("aws_iam_role", taker)["arn"]));
                    Assert.That(
                        (string?)Pipeline.Resource("aws_iam_role_policy", $"{taker}_build")["policy"], Does.Contain((string)role["arn"]!));
                }
        });
    }

    [Test, Property("Row", "L4"), Property("Row", "L3")]
    public void BuildOfTheToolsAccount_PassesTheGuardOfBeta_AsTheRoleThere()
    {
        AppliedEnvironment beta = AppliedEnvironment.AgentBeta;
        string role = (string)beta.Bootstrap.Resource("aws_iam_role", "pipeline-beta-deploy")["arn"]!;
        string url = Regex.Match(beta.Sandbox.Expect(0, "emulator", "status").Output, @"http://127\.0\.0\.1:\d+").Value;
        string home = beta.Sandbox.Work("build-home");
        Directory.CreateDirectory(Path.Combine(home, ".aws"));
        const string Build = "tools-awslegalpoc-deploy-beta";
        using var container = new ContainerCredentials(RoleSession.OfService(
            beta.Sandbox.Emulator, "codebuild.amazonaws.com", $"arn:aws:iam::333333333333:role/{Build}",
            $"arn:aws:codebuild:us-east-2:333333333333:project/{Build}"));
        // As the build does: its buildspec writes the profile, its container serves the credentials.
        string profile = Commands("build-deploy-beta").Single(command => command.Contains(".aws/config", StringComparison.Ordinal));
        Assert.That(beta.Sandbox.Start("bash", ["-c", profile], ("HOME", home)).Wait().ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(Path.Combine(home, ".aws", "config")), Does.Contain($"role_arn = {role}"));

        Run run = beta.Sandbox.Start(
            Path.Combine(Sandbox.Root, "infra"),
            ["plan", "base", "--env", beta.File, "--profile", "beta"],
            ("AWS_CONFIG_FILE", Path.Combine(home, ".aws", "config")), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.Url.ToString()), ("AWS_ENDPOINT_URL", url)).Wait();

        Assert.That(
            run.Output, Does.Contain(
                "account 111111111111, us-east-2, as arn:aws:sts::111111111111:assumed-role/beta-awslegalpoc-infra-deploy/pipeline"));
        // It has read beta's state there. Terraform itself finds the emulator's buckets only with settings that the stacks of a real
        // account do not have.
        Assert.That(run.Output, Does.Contain("base: plan"), run.Output);
    }

    [Test, Property("Row", "L10")]
    public void RunsThatEnd_NotifyTheEncryptedTopic()
    {
        JObject topic = Pipeline.Single("aws_sns_topic");
        Assert.Multiple(() =>
        {
            Assert.That((string?)Pipeline.Single("aws_cloudwatch_event_target")["arn"], Is.EqualTo((string?)topic["arn"]));
            Assert.That((string?)topic["kms_master_key_id"], Is.EqualTo(KeyArn));
        });
    }

    [Test, Property("Row", "S13")]
    public void Builds_UseTheKey_AndLogToTheirGroup()
    {
        Assert.Multiple(() =>
        {
            foreach (string id in Pipeline.Ids("aws_codebuild_project"))
            {
                JObject project = Pipeline.Resource("aws_codebuild_project", id);
                Assert.That((string?)project["encryption_key"], Is.EqualTo(KeyArn), id);
                Assert.That((string?)project.SelectToken("logs_config[0].cloudwatch_logs[0].group_name"),
                    Is.EqualTo((string?)Pipeline.Resource("aws_cloudwatch_log_group", id)["name"]), id);
            }

            Assert.That(
                (string?)Pipeline.Single("aws_codepipeline").SelectToken("artifact_store[0].encryption_key[0].id"), Is.EqualTo(KeyArn));
        });
    }

    [Test, Property("Row", "L6")]
    public void SecretKeyOfLangfuse_HasAValueOfTheOperator()
    {
        foreach (AppliedEnvironment target in Targets)
            Assert.That(target.Expect(0, "secrets", "check").Output, Does.Contain("langfuse/secret-key: has a value"));
    }

    [Test, Property("Row", "L7"), Property("Row", "L5")]
    public void AgentsRoleAndRepository_Exist_BeforeItsFirstRelease() => Assert.Multiple(() =>
    {
        foreach (AppliedEnvironment target in Targets)
        {
            JObject role = target.Base.Resource("aws_iam_role", "assistant-agent");
            Assert.That((string?)role["arn"], Is.EqualTo($"arn:aws:iam::{target.Config.Account}:role/{(string?)role["name"]}"));
            Assert.That((string?)target.Base.Resource("aws_ecr_repository", "repository-assistant")["repository_url"],
                Does.StartWith($"{target.Config.Account}.dkr.ecr.us-east-2."));
            Assert.That(target.Runtime.Ids("aws_cloudformation_stack"), Is.Empty);
        }
    });
}
