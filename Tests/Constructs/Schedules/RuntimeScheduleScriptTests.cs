using System.Diagnostics;
using System.Security.Cryptography;
using Infra.Constructs.Schedules;
using Infra.Contracts;
using Infra.Operations.Scheduling;
using Infra.Tests.Support;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Constructs.Schedules;

/// <summary>Runs cycle.sh like the build does, with a fake Terraform and a fake AWS CLI that record their calls.</summary>
[TestFixture]
internal sealed class RuntimeScheduleScriptTests
{
    // Friday, 2026-11-20, 14:00 UTC, which is 09:00 in New York.
    private const string FridayMorning = "1795183200";

    private const string StandIn = """
        #!/usr/bin/env bash
        echo "$(basename "$0") $*" >> "$CALLS"
        case "$(basename "$0") $*" in
          "terraform version"*) echo "{ \"terraform_version\": \"${HAVE_TERRAFORM:-1.11.4}\" }" ;;
          "terraform plan"*) exit "${PLAN_EXIT:-2}" ;;
          "terraform show"*) echo "${STATE:-null}" ;;
          "aws ecs describe-services"*) echo "${DESCRIBED:-$STEADY}" ;;
          "terraform apply"*)
            [[ -z "${APPLY_ERROR:-}" || $(grep -c '^terraform apply' "$CALLS") -gt ${APPLY_FAILURES:-1} ]] || { echo "Error: $APPLY_ERROR"; exit 1; } ;;
          "aws scheduler create-schedule"*) exit "${CREATE_EXIT:-0}" ;;
          "curl "*) cp "$RELEASE" "${@: -2:1}" 2>/dev/null || cp "$RELEASE" "$(printf '%s\n' "$@" | grep zip | head -1)" ;;
        esac
        """;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        foreach (string program in new[] { "terraform", "aws", "curl" })
            StandInFor(program);
        Directory.CreateDirectory(Source);
        foreach ((string name, byte[] content) in StoredDeployment.Unpack(
            StoredDeployment.Pack("{}"u8.ToArray(), "# locks"u8.ToArray(), new JObject { ["commit"] = "0123abc" })))
            File.WriteAllBytes(Path.Combine(Source, name), content);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private string Bin => Path.Combine(_folder.Path, "bin");

    private string Source => Path.Combine(_folder.Path, "source");

    private string[] Calls =>
        File.Exists(Path.Combine(_folder.Path, "calls")) ? File.ReadAllLines(Path.Combine(_folder.Path, "calls")) : [];

    [TestCase("wake", "plan -no-color -lock-timeout=20m -detailed-exitcode -out ", false)]
    [TestCase("sleep", "plan -no-color -lock-timeout=20m -detailed-exitcode -out ", true)]
    [Property("Row", "D10")]
    public void Action_AppliesASavedPlan(string action, string plan, bool destroys)
    {
        string output = Run(0, ("ACTION", action));

        string planned = Calls.Single(call => call.StartsWith($"terraform {plan}", StringComparison.Ordinal));
        Assert.That(planned.EndsWith(" -destroy", StringComparison.Ordinal), Is.EqualTo(destroys), planned);
        string applied = Calls.SkipWhile(call => call != planned).Skip(1).First();
        Assert.That(applied, Does.StartWith("terraform apply -no-color").And.EndsWith("/plan"));
        Assert.That(output, Does.Contain("0123abc").And.Contain($"done: runtime is {(destroys ? "asleep" : "awake")}"));
    }

    [Test]
    public void Action_WithoutChanges_AppliesNothing()
    {
        Assert.That(Run(0, ("PLAN_EXIT", "0")), Does.Contain("nothing to do"));
        Assert.That(Calls, Has.None.Contains("terraform apply"));
    }

    [Test, Property("Finding", "A12")]
    public void Action_WithAStalePlan_IsPlannedAgain()
    {
        string output = Run(0, ("APPLY_ERROR", "Saved plan is stale"));

        Assert.That(Calls.Count(call => call.StartsWith("terraform plan", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(output, Does.Contain("plan 1 of 3 is stale").And.Contain("done: runtime is awake"));
    }

    [TestCase("Saved plan is stale", "3", 3, "three plans in a row became stale")]
    [TestCase("AccessDenied", "1", 1, "terraform apply failed")]
    [Property("Finding", "A12")]
    public void Action_ThatIsNotApplied_Fails(string error, string failures, int applies, string said)
    {
        Assert.That(Run(1, ("APPLY_ERROR", error), ("APPLY_FAILURES", failures)), Does.Contain(said));
        Assert.That(Calls.Count(call => call.StartsWith("terraform apply", StringComparison.Ordinal)), Is.EqualTo(applies));
    }

    [Test]
    public void Action_WhosePlanFails_Fails() => Assert.That(Run(1, ("PLAN_EXIT", "1")), Does.Contain("terraform plan failed"));

    [TestCase(FridayMorning, "awake")]
    [TestCase("1795228200", "asleep", TestName = "Friday 21:30 in New York")]
    [TestCase("1795269600", "asleep", TestName = "Saturday 09:00 in New York")]
    [TestCase("1783339200", "awake", TestName = "Monday 08:00 in New York in summer, 12:00 UTC")]
    [TestCase("1783339140", "asleep", TestName = "a minute before")]
    [TestCase("1794834000", "awake", TestName = "Monday 08:00 in New York in winter, 13:00 UTC")]
    [TestCase("1794833940", "asleep", TestName = "a minute before that")]
    [Property("Row", "D10")]
    public void Auto_DoesWhatTheTimetableSays(string now, string expected) =>
        Assert.That(Run(0, ("ACTION", "auto"), ("NOW", now)), Does.Contain($"done: runtime is {expected}"));

    [Test]
    public void Auto_WithoutTheZonesFile_DoesNotTakeItForUtc() =>
        Assert.That(Run(1, ("ACTION", "auto"), ("TZDIR", _folder.Path)), Does.Contain("there is no time zone America/New_York"));

    [TestCase("awake until 2026-11-20T22:00Z", "sleep", "awake")]
    [TestCase("asleep until 2026-11-20T22:00Z", "wake", "asleep")]
    [TestCase("asleep until 2026-11-20T22:00:30Z", "auto", "asleep")]
    [Property("Row", "D10")]
    public void Override_InForce_AppliesAndEndsWithASchedule(string text, string action, string expected)
    {
        string output = Run(0, ("ACTION", action), ("OVERRIDE", text));

        Assert.That(output, Does.Contain($"done: runtime is {expected}").And.Contain(text));
        string call = Calls.Single(call => call.StartsWith("aws scheduler create-schedule --cli-input-json ", StringComparison.Ordinal));
        JObject schedule = Parameters(call);
        Assert.Multiple(() =>
        {
            Assert.That((string?)schedule["ScheduleExpression"], Does.StartWith("at(2026-11-20T22:00:"));
            Assert.That((string?)schedule["GroupName"], Is.EqualTo("acme-dev"));
            Assert.That((string?)schedule["ActionAfterCompletion"], Is.EqualTo("DELETE"));
            Assert.That((string?)schedule["Target"]!["RoleArn"], Is.EqualTo("arn:aws:iam::111111111111:role/acme-dev-schedule"));
        });
    }

    [Test]
    public void Override_WhoseScheduleIsThereAlready_ChangesIt()
    {
        Run(0, ("OVERRIDE", "awake until 2026-11-20T22:00Z"), ("CREATE_EXIT", "254"));
        Assert.That(Calls, Has.Exactly(1).StartsWith("aws scheduler update-schedule --cli-input-json {"));
    }

    [TestCase("none", "done: runtime is asleep")]
    [TestCase("awake until 2026-11-20T14:00Z", "has ended")]
    [TestCase("awake until tomorrow", "is taken for none")]
    [TestCase("awake until 2026-13-40T22:00Z", "is taken for none")]
    [TestCase("$(touch /tmp/x)", "is taken for none")]
    [Property("Row", "D10")]
    public void Override_EndedOrMalformed_IsReportedAndIgnored(string text, string said)
    {
        string output = Run(0, ("ACTION", "sleep"), ("OVERRIDE", text));
        Assert.That(output, Does.Contain(said).And.Contain("done: runtime is asleep"));
        Assert.That(Calls, Has.None.StartsWith("aws "));
    }

    [Test]
    public void Action_Unknown_IsRejected() => Assert.That(Run(1, ("ACTION", "stop")), Does.Contain("it may be wake, sleep or auto"));

    [Test]
    public void Deployment_ThatIsNotStored_IsReported()
    {
        File.Delete(Path.Combine(Source, "cdk.tf.json"));
        Assert.That(Run(1), Does.Contain("there is no stored deployment"));
        Assert.That(Calls, Is.Empty);
    }

    [Test, Property("Row", "S13")]
    public void Deployment_ThatWasChanged_IsNotApplied()
    {
        File.AppendAllText(Path.Combine(Source, "cdk.tf.json"), " ");
        Assert.That(Run(1), Does.Contain("is not what its checksums say"));
        Assert.That(Calls, Is.Empty);
    }

    [Test, Property("Row", "S13")]
    public void Terraform_OfAnotherVersion_IsFetchedAndItsChecksumVerified()
    {
        string release = Release();
        string sum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(release)));

        string output = Run(0, ("HAVE_TERRAFORM", "1.5.7"), ("RELEASE", release), ("TERRAFORM_SHA256", sum));

        Assert.That(Calls, Has.Exactly(1).Contains("https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_linux_arm64.zip"));
        Assert.That(Calls, Has.Exactly(1).StartsWith("fetched apply"), "the fetched one is run");
        Assert.That(output, Does.Contain("done: runtime is awake"));
    }

    [Test, Property("Row", "S13")]
    public void Terraform_WithAnotherChecksum_IsNotRun()
    {
        string output = Run(1, ("HAVE_TERRAFORM", "1.5.7"), ("RELEASE", Release()), ("TERRAFORM_SHA256", TerraformRelease.LinuxArm64));

        Assert.That(output, Does.Contain("is not what its checksum says; it is not run"));
        Assert.That(Calls, Has.None.StartsWith("fetched").And.None.StartsWith("terraform init"));
    }

    [TestCase(
        "sleep", "0", "{\"cluster\":\"acme-dev\",\"service\":\"acme-dev-api\",\"desiredCount\":0}", "\"MinCapacity\":0,\"MaxCapacity\":0}")]
    [TestCase(
        "wake", "3", "{\"cluster\":\"acme-dev\",\"service\":\"acme-dev-api\",\"desiredCount\":3}", "\"MinCapacity\":2,\"MaxCapacity\":6}")]
    [Property("Row", "L11")]
    public void Scale_SetsTasksToZeroAndBack(string action, string tasks, string update, string target)
    {
        string output =
            Run(0, ("MODE", "scale"), ("ACTION", action), ("SERVICES", "acme-dev acme-dev-api 3 2 6\nacme-dev acme-dev-web 1 - -"));

        Assert.Multiple(() =>
        {
            Assert.That(Calls, Has.Exactly(1).EqualTo($"aws ecs update-service --cli-input-json {update}"));
            Assert.That(Calls, Has.Exactly(2).StartsWith("aws ecs update-service"));
            Assert.That(Calls, Has.Exactly(action == "wake" ? 2 : 0).StartsWith("aws ecs describe-services"), "a wake waits for the tasks");
            Assert.That(
                Calls.Single(call => call.StartsWith("aws application-autoscaling register-scalable-target", StringComparison.Ordinal)),
                Does.Contain("\"ResourceId\":\"service/acme-dev/acme-dev-api\"").And.EndsWith(target));
            Assert.That(Calls, Has.None.StartsWith("terraform"));
            Assert.That(output, Does.Contain($"acme-dev-api: {tasks} tasks"));
        });
    }

    [TestCase("sleep", false)]
    [TestCase("wake", true)]
    [Property("Row", "L11")]
    public void Scale_SetsWhatTheLauncherSets(string action, bool awake)
    {
        ScaledService[] services =
        [
            new("acme-dev", "acme-dev-api", 3, (2, 6)), new("acme-dev", "acme-dev-web", 1, null),
        ];
        Run(0, ("MODE", "scale"), ("ACTION", action), ("SERVICES", string.Join('\n', services.Select(service => service.ToLine()))));
        Assert.That(
            Calls.Where(call => call.StartsWith("aws ecs update-service", StringComparison.Ordinal))
                .Select(call => (int)Parameters(call)["desiredCount"]!),
            Is.EqualTo(services.Select(service => service.While(awake).Tasks)));
        JObject target = Parameters(Calls.Single(call => call.Contains("register-scalable-target", StringComparison.Ordinal)));
        Assert.That(((int)target["MinCapacity"]!, (int)target["MaxCapacity"]!), Is.EqualTo(services[0].While(awake).Scaling));
    }

    [Test, Property("Finding", "A4")]
    public void Scale_WhoseTasksNeverCome_Fails()
    {
        string output = Run(
            1, ("MODE", "scale"), ("SERVICES", "acme-dev acme-dev-api 3 2 6\nacme-dev acme-dev-web 1 - -"),
            ("DESCRIBED", Described(running: 0, revision: 7)));
        Assert.That(
            output, Does.Contain("acme-dev-api: 0 of 3 tasks run").And.Contain("acme-dev-web: 0 of 3 tasks run").And.Contain(
                "tasks failed to start"));
        Assert.That(output, Does.Not.Contain("done:"));
    }

    [TestCase(6, "COMPLETED", "ECS rolled back to acme-dev-web:6")]
    [TestCase(7, "FAILED", "the deployment failed (tasks failed to start)")]
    [Property("Finding", "A4")]
    public void Wake_WhoseServiceDoesNotRunWhatWasApplied_Fails(int revision, string rollout, string said)
    {
        WriteStack();
        string output = Run(1, ("STATE", State), ("DESCRIBED", Described(running: 3, revision, rollout)));
        Assert.That(output, Does.Contain($"acme-dev-web: {said}"));
    }

    [TestCase(7)]
    [TestCase(8, TestName = "somebody has deployed since")]
    [Property("Finding", "A4")]
    public void Wake_WhoseServiceRunsWhatWasApplied_IsDone(int revision)
    {
        WriteStack();
        string output = Run(0, ("STATE", State), ("DESCRIBED", Described(running: 3, revision)));
        Assert.That(output, Does.Contain("acme-dev-web: 3 tasks run").And.Contain("done: runtime is awake"));
        Assert.That(Calls, Has.Exactly(1)
            .EqualTo("aws ecs describe-services --cli-input-json {\"cluster\":\"arn:cluster\",\"services\":[\"acme-dev-web\"]}"));
    }

    [Test, Property("Finding", "A4")]
    public void Wake_WithoutAnAnswerWhatWasApplied_Fails() =>
        Assert.That(Run(1, ("STATE", "no state")), Does.Contain("Terraform does not say what was applied"));

    [Test, Property("Finding", "A4")]
    public void Sleep_AsksNoService()
    {
        WriteStack();
        Run(0, ("ACTION", "sleep"), ("STATE", State));
        Assert.That(Calls, Has.None.Contains("describe-services"));
    }

    [Test, Property("Row", "D10")]
    public void BuildSpecification_ContainsTheWholeScript()
    {
        JObject specification = JObject.Parse(BuildSpec.ToJson());
        string[] commands = [.. specification["phases"]!["build"]!["commands"]!.Values<string>()!];

        Assert.That(commands[0], Does.Contain(File.ReadAllText(Script).TrimEnd()));
        Assert.That(commands[1], Is.EqualTo("bash /tmp/cycle.sh"));
        Assert.That(BuildSpec.ToTerraform().Replace("$${", "", StringComparison.Ordinal), Does.Not.Contain("${"),
            "nothing that Terraform would read");
    }

    private const string Definition = "arn:aws:ecs:us-east-1:111111111111:task-definition/acme-dev-web";

    private static string State => new JObject
    {
        ["values"] = new JObject
        {
            ["root_module"] = new JObject
            {
                ["resources"] = new JArray(
                    new JObject
                    {
                        ["address"] = "aws_ecs_service.web",
                        // What the provider reads after a rollback.
                        ["values"] =
                            new JObject { ["cluster"] = "arn:cluster", ["name"] = "acme-dev-web", ["task_definition"] = $"{Definition}:6" },
                    },
                    new JObject { ["address"] = "aws_ecs_task_definition.web", ["values"] = new JObject { ["arn"] = $"{Definition}:7" } }),
            },
        },
    }.ToString(Newtonsoft.Json.Formatting.None);

    private static string Described(int running, int revision, string rollout = "COMPLETED") => new JObject
    {
        ["services"] = new JArray(new JObject
        {
            ["runningCount"] = running,
            ["desiredCount"] = 3,
            ["deployments"] = new JArray(
                new JObject { ["status"] = "ACTIVE", ["rolloutState"] = "FAILED", ["taskDefinition"] = $"{Definition}:99" },
                new JObject { ["status"] = "PRIMARY", ["rolloutState"] = rollout, ["taskDefinition"] = $"{Definition}:{revision}" }),
            ["events"] = new JArray(new JObject { ["message"] = "tasks failed to start" }),
        }),
    }.ToString(Newtonsoft.Json.Formatting.None);

    private void WriteStack()
    {
        byte[] stack = System.Text.Encoding.UTF8.GetBytes(
            """{ "resource": { "aws_ecs_service": { "web": { "name": "acme-dev-web", "task_definition": "${aws_ecs_task_definition.web.arn}" } } } }""");
        foreach ((string name, byte[] content)
            in StoredDeployment.Unpack(StoredDeployment.Pack(stack, "# locks"u8.ToArray(), new JObject { ["commit"] = "0123abc" })))
            File.WriteAllBytes(Path.Combine(Source, name), content);
    }

    private static string Script => Path.Combine(Infra.Operations.Workspace.Checkout.Find().Root, "Constructs", "Schedules", "cycle.sh");

    /// <summary>An archive with a fake Terraform that records that it was run.</summary>
    private string Release()
    {
        string file = Path.Combine(_folder.Path, "release.zip");
        using var archive = System.IO.Compression.ZipFile.Open(file, System.IO.Compression.ZipArchiveMode.Create);
        using var writer = new StreamWriter(archive.CreateEntry("terraform").Open());
        writer.Write("#!/usr/bin/env bash\necho \"fetched $*\" >> \"$CALLS\"\n[[ $1 != plan ]] || exit 2\n");
        return file;
    }

    /// <summary>The JSON of a recorded call of the AWS CLI.</summary>
    private static JObject Parameters(string call) => JObject.Parse(call[call.IndexOf('{', StringComparison.Ordinal)..]);

    private void StandInFor(string program) => _folder.Write(Path.Combine("bin", program), StandIn + "\n", executable: true);

    private string Run(int exitCode, params IReadOnlyList<(string Name, string Value)> variables)
    {
        var start =
            new ProcessStartInfo("bash", ["-c", $"exec bash '{Script}' 2>&1"]) { WorkingDirectory = Source, RedirectStandardOutput = true };
        var set = new Dictionary<string, string>
        {
            ["PATH"] = $"{Bin}:{Environment.GetEnvironmentVariable("PATH")}",
            ["CALLS"] = Path.Combine(_folder.Path, "calls"),
            ["NOW"] = FridayMorning,
            ["ACTION"] = "wake",
            ["OVERRIDE"] = "none",
            ["MODE"] = "destroy",
            ["TIMEZONE"] = "America/New_York",
            ["WAKE"] = "08:00",
            ["SLEEP"] = "20:00",
            ["DAYS"] = "1 2 3 4 5",
            ["ONE_TIME_SCHEDULE"] = RuntimeScheduleTarget.OneTimeSchedule(
                SynthesizedStack.Context(), "arn:aws:sqs:us-east-2:111111111111:acme-dev-missed-turns"),
            ["STEADY"] = Described(running: 3, revision: 7),
            ["POLL_SECONDS"] = "0",
            ["STABLE_SECONDS"] = "0",
            ["TERRAFORM_VERSION"] = "1.11.4",
            ["TERRAFORM_SHA256"] = TerraformRelease.LinuxArm64,
        };
        foreach ((string name, string value) in variables)
            set[name] = value;
        foreach ((string name, string value) in set)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(exitCode), output);
        return output;
    }
}
