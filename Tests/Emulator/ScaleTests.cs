using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>A schedule that scales services to zero and back, on the local AWS; runtime is kept.</summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class ScaleTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";

    [Test, Property("Row", "L11")]
    public void Tasks_AreScaledToZeroAndBack_AndThePlanIsClean()
    {
        using var sandbox = new Sandbox();
        string environment = sandbox.Environment("beta", $$"""
            {
              "name": "beta", "project": "acme", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true,
              "github": { "repository": "acme/beta" },
              "network": { "flowLogs": false },
              "services": { "api": { "port": 8000, "desired": 2, "autoscaling": { "min": 1, "max": 4 } } },
              "schedule": {
                "timezone": "{{MorningTimeZone.Name}}", "wake": "00:00", "sleep": "23:59", "mode": "scale",
                "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
              }
            }
            """);
        sandbox.Expect(0, "bootstrap", "--env", environment, "--yes");
        RoleSession session = RoleSession.OfJob(
            sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/acme-beta-infra-apply", JobClaims.Deploying("acme/beta", "beta"));
        sandbox.ExpectAs(session, 0, "deploy", "--env", environment, "--yes");
        var build = new RuntimeScheduleBuildRun(sandbox, Account, Region, "acme-beta-cycle");
        Assert.That(Tasks(sandbox), Is.EqualTo((2, 1, 4)));

        Run sleep = build.Start("sleep");
        Assert.That(sleep.ExitCode, Is.Zero, sleep.Output);
        Assert.That(Tasks(sandbox), Is.EqualTo((0, 0, 0)));
        sandbox.ExpectAs(session, 0, "plan", "--env", environment);

        Run wake = build.Start("wake");
        Assert.That(wake.ExitCode, Is.Zero, wake.Output);
        Assert.That(Tasks(sandbox), Is.EqualTo((2, 1, 4)));

        Run manual = sandbox.ExpectAs(session, 0, "sleep", "--env", environment, "--for", "1");
        Assert.That(manual.Output, Does.Contain("acme-beta-api: 0 tasks"));
        Assert.That(Tasks(sandbox), Is.EqualTo((0, 0, 0)));
    }

    private static (int Desired, int Min, int Max) Tasks(Sandbox sandbox)
    {
        var access = sandbox.Access(Account, Region);
        JToken service = access.Api("ecs")
            .JsonAsync("DescribeServices", new JObject { ["cluster"] = "acme-beta", ["services"] = new JArray("acme-beta-api") })
            .GetAwaiter().GetResult()["services"]!.Single();
        JToken target = access.Api("application-autoscaling")
            .JsonAsync("DescribeScalableTargets", new JObject { ["ServiceNamespace"] = "ecs" })
            .GetAwaiter().GetResult()["ScalableTargets"]!.Single();
        return ((int)service["desiredCount"]!, (int)target["MinCapacity"]!, (int)target["MaxCapacity"]!);
    }
}
