using Infra.Naming;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// <c>verify end-to-end</c> with the release role, on the local AWS: an image that was pushed and released is healthy, the data pipeline
/// reads raw and writes processed data, and what is closed or denied is found.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Property("Row", "H-L3")]
internal sealed class VerificationTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";

    private const string Environment = """
        {
          "name": "check", "project": "stats", "account": "111111111111", "region": "us-east-1", "disposable": true,
          "github": { "repository": "acme/stats" },
          "buckets": { "raw-data": {}, "processed-data": {} },
          "database": {},
          "services": {
            "data-pipeline": {
              "desired": 1,
              "uses": { "buckets": ["raw-data:readwrite", "processed-data:write"], "discovery": true }
            },
            "stats-api": {
              "port": 8080, "desired": 1,
              "secrets": { "DATABASE_URL": "database-url" },
              "uses": { "buckets": ["processed-data:read"] }
            }
          },
          "security": { "allowPlainHttp": true },
          "smoke": [
            {
              "name": "raw-to-processed", "kind": "task", "service": "data-pipeline",
              "command": ["python", "-m", "data_pipeline", "--prefix", "{prefix}"],
              "objects": {
                "from": "raw-data", "content": "{\"home\":\"owls\",\"away\":\"hawks\",\"homePoints\":101,\"awayPoints\":99}",
                "to": "processed-data", "contains": "\"team\":\"owls\""
              }
            }
          ]
        }
        """;

    private PythonTaskProgram _program = null!;
    private Sandbox _sandbox = null!;
    private RoleSession _release = null!;

    [OneTimeSetUp]
    public async Task DeployAndReleaseAsync()
    {
        _program = new PythonTaskProgram(await ExamplesPython.FindAsync());
        _sandbox = new Sandbox(taskProgram: _program.Path);
        _sandbox.Environment("check", Environment);
        _sandbox.Expect(0, Arguments("bootstrap"));
        _sandbox.Expect(0, Arguments("deploy", "--skip-smoke"));
        _release = RoleSession.OfJob(
            _sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/stats-check-infra-release",
            JobClaims.Deploying("acme/stats", "check"));
        foreach (string service in new[] { "data-pipeline", "stats-api" })
        {
            string digest = await TestImage.PutAsync(
                _sandbox.Access(Account, Region), $"stats/{service}", "v1.0.0", TestImage.Manifest(service));
            _sandbox.ExpectAs(_release, 0, Arguments("release", service, digest));
        }
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _sandbox?.Dispose();
        _program?.Dispose();
    }

    [Test, Order(1)]
    public async Task ReleasedServices_AreDeployedAgainAndHealthy_AndThePipelineRuns()
    {
        Run run = _sandbox.ExpectAs(_release, 0, Arguments("verify", "end-to-end", "--deploy"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Match("ok      service data-pipeline: deployed again, 1 of 1 tasks run sha256:[0-9a-f]+"));
            Assert.That(run.Output, Does.Contain(
                "ok      permissions of data-pipeline: ecr, logs, ssm, s3 raw-data (readwrite), s3 processed-data (write)"));
            Assert.That(run.Output, Does.Contain("ok      permissions of stats-api: ecr, logs, s3 processed-data (read)"));
            Assert.That(run.Output, Does.Contain(
                "ok      network of stats-api: load balancer to tasks on port 8080, tasks to the database on port 5432"));
            Assert.That(run.Output, Does.Contain("passed    raw-to-processed"));
        }

        using var s3 = _sandbox.Access(Account, Region).S3();
        foreach (string purpose in new[] { "raw-data", "processed-data" })
            Assert.That((await s3.ListObjectsV2Async(new() { BucketName = $"stats-{purpose}-check-{Account}", Prefix = Names.ProbePrefix }))
                .S3Objects ?? [], Is.Empty, "what verify wrote is deleted");
    }

    [Test, Order(2)]
    public void Deployment_RunsThePipelineAsASmokeTest()
    {
        RoleSession apply = RoleSession.OfJob(
            _sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/stats-check-infra-apply", JobClaims.Deploying("acme/stats", "check"));
        Assert.That(
            _sandbox.ExpectAs(apply, 0, Arguments("deploy", "runtime")).Output, Does.Contain("passed    raw-to-processed"));
    }

    [Test, Order(3)]
    public void Pipeline_WhoseResultIsWrong_Fails()
    {
        _sandbox.Environment("check", Environment.Replace("\\\"team\\\":\\\"owls\\\"", "bears", StringComparison.Ordinal));
        Run run = _sandbox.ExpectAs(_release, 1, Arguments("verify", "end-to-end"));
        _sandbox.Environment("check", Environment);

        Assert.That(run.Output, Does.Match("raw-to-processed .*none of infra-verify/[0-9a-f]+/standings.json in "
            + $"stats-processed-data-check-{Account} contains 'bears'"));
    }

    [Test, Order(4)]
    public async Task RoleThatLostAPermission_IsNamed()
    {
        await _sandbox.Access(Account, Region).Api("iam").QueryAsync("DeleteRolePolicy", new Dictionary<string, string>
        {
            ["RoleName"] = "stats-check-stats-api-task",
            ["PolicyName"] = "uses",
        });

        Run run = _sandbox.ExpectAs(_release, 1, Arguments("verify", "end-to-end"));
        Assert.That(run.Output, Does.Contain("failed  permissions of stats-api: stats-check-stats-api-task may not s3:ListBucket on "
            + $"arn:aws:s3:::stats-processed-data-check-{Account}"));
    }

    [Test, Order(5)]
    public async Task ClosedPathToTheDatabase_IsNamed()
    {
        var ec2 = _sandbox.Access(Account, Region).Api("ec2");
        string group = (await ec2.QueryAsync("DescribeSecurityGroups", new Dictionary<string, string>
        {
            ["Filter.1.Name"] = "group-name",
            ["Filter.1.Value.1"] = "rds-sg",
        })).Descendants("groupId").First().Value;
        string rule = (await ec2.QueryAsync("DescribeSecurityGroupRules", new Dictionary<string, string>
        {
            ["Filter.1.Name"] = "group-id",
            ["Filter.1.Value.1"] = group,
        })).Descendants("securityGroupRuleId").First().Value;
        await ec2.QueryAsync("RevokeSecurityGroupIngress", new Dictionary<string, string>
        {
            ["GroupId"] = group,
            ["SecurityGroupRuleId.1"] = rule,
        });

        Run run = _sandbox.ExpectAs(_release, 1, Arguments("verify", "end-to-end"));
        Assert.That(run.Output, Does.Contain(
            $"failed  network of stats-api: no security group of the database ({group}) allows ingress from tasks on port 5432"));
    }

    [Test, Order(6)]
    public void Deploy_OfAnotherPart_IsRejected() => Assert.That(
        _sandbox.Expect(2, Arguments("verify", "auth", "--deploy")).Output,
        Does.Contain("--deploy is an option of verify end-to-end, not of auth"));

    private string[] Arguments(params string[] arguments)
    {
        string[] common = ["--env", _sandbox.EnvironmentFile("check"), "--emulator"];
        return arguments[0] is "bootstrap" or "deploy" or "release" ? [.. arguments, .. common, "--yes"] : [.. arguments, .. common];
    }
}
