using System.Text.RegularExpressions;
using Infra.Operations.Plans;
using Infra.Operations.Terraform;
using NUnit.Framework;

namespace Infra.Tests.Operations.Plans;

[Property("Row", "T12")]
internal sealed class PlanMarkdownTests
{
    private const int CommentLimit = 65_536;

    private static readonly StackSummary Base = new()
    {
        Stack = "base",
        Changes = true,
        Resources =
        [
            new("aws_s3_bucket.files", "aws_s3_bucket", "update", [new("name", "a|b", "c")]),
            new("aws_eip.a", "aws_eip", "create", []),
            new("aws_db_instance.database", "aws_db_instance", "replace", [new("engine", "postgres", "mysql", ForcesReplacement: true)]),
            new("aws_sns_topic.old", "aws_sns_topic", "delete", []),
        ],
        Losses = [new("aws_db_instance.database", true, "the data of its databases", null)],
        Refused = ["aws_db_instance.database"],
    };

    private static readonly StackSummary Runtime = new()
    {
        Stack = "runtime",
        Changes = true,
        NotPlanned = "cannot be planned until base is deployed",
    };

    [Test]
    public void Write_CountsTheChangesOfEachStackByClass()
    {
        string page = Write([Base, Runtime]);
        Assert.That(page, Does.StartWith(
            "### dev: changes\n\n| stack | create | update in place | replace | destroy | data at risk | |\n|---|---|---|---|---|---|---|\n"
                + "| base | 1 | 1 | 1 | 1 | 1 |  |\n| runtime |  |  |  |  |  | cannot be planned until base is deployed |\n"));
        Assert.That(page, Does.EndWith("<sub>commit 0123456789ab · account 111111111111 · us-east-2 · 2026-11-20 08:00 UTC</sub>\n"));
    }

    [Test, Property("Row", "X7")]
    public void Write_DataIsLost_SaysWhetherItIsAllowed()
    {
        Assert.That(Write([Base]), Does.Contain(
            "> [!CAUTION]\n> Data of base is lost:\n> - `aws_db_instance.database`: the data of its databases; **not allowed**, "));
        Assert.That(Write([Base with { Refused = [] }]), Does.Contain(": the data of its databases; allowed\n"));
    }

    [Test]
    public void Write_ShowsWhatForcesAReplacement_AndFoldsTheRest()
    {
        string page = Write([Base], "Terraform will perform …");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain(
                "<details open><summary>base: 1 to replace</summary>\n\n| | resource | what |\n|---|---|---|\n"
                    + "| replace | `aws_db_instance.database` | destroyed and recreated, forced by engine<br>"
                    + "`engine`: `postgres` → `mysql` |\n"));
            Assert.That(page, Does.Contain("<details><summary>base: 1 to update in place</summary>")
                .And.Contain("| update | `aws_s3_bucket.files` | `name`: `a\\|b` → `c` |\n"));
            Assert.That(page, Does.Contain("````text\nTerraform will perform …\n````\n"));
            Assert.That(
                Regex.Matches(page, @"base: \d+ (to \w+)").Select(match => match.Groups[1].Value),
                Is.EqualTo(new[] { "to destroy", "to replace", "to update", "to create" }));
        }
    }

    [TestCase(100, false), TestCase(1000, false), TestCase(2000, true), TestCase(20_000, true)]
    public void Write_TooLong_LeavesOutWholeSections_TheLeastImportantFirst(int creations, bool leftOut)
    {
        StackSummary stack = Base with
        {
            Resources =
            [
                .. Base.Resources,
                .. Enumerable.Range(0, creations).Select(
                    i => new ResourceChange($"aws_cloudwatch_metric_alarm.many-{i}", "a", "create", [])),
            ],
        };
        string page = Write([stack, Runtime], new string('x', 100_000));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Has.Length.LessThan(CommentLimit));
            Assert.That(page, Does.Contain("base: Terraform's plan: left out, because a comment is limited in size."));
            Assert.That(page.Contains($"base: {creations + 1} to create, import, move or forget: left out", StringComparison.Ordinal),
                Is.EqualTo(leftOut));
            Assert.That(page, Does.Contain("forced by engine").And.Contain("**not allowed**"));
            Assert.That(Regex.Count(page, "<details"), Is.EqualTo(Regex.Count(page, "</details>")));
            Assert.That(Regex.Count(page, "````") % 2, Is.Zero);
        }
    }

    [Test]
    public void Write_ManyLosses_FitIntoAComment() => Assert.That(
        Write([
            Base with
            {
                Losses = [.. Enumerable.Range(0, 5000).Select(i => new DataLoss($"aws_s3_bucket.b{i}", false, "its objects", null))],
            },
        ]),
        Has.Length.LessThan(CommentLimit).And.Contain("base: data of 5000 resources is lost: left out"));

    [Test]
    public void Write_NoChanges_IsOnlyTheOverview() => Assert.That(
        Write([new StackSummary { Stack = "base" }]),
        Does.StartWith("### dev: no changes\n").And.Contain("| no changes |\n").And.Not.Contain("details"));

    [Test]
    public void Write_Cost_IsOneLine_AndATableOfTheResourcesWhoseCostChanges()
    {
        string page = Write([Base], cost: new PlanCost
        {
            Before = 10m,
            After = 42.85m,
            ScheduledBefore = 10m,
            ScheduledAfter = 20m,
            PriceRegion = "us-east-1",
            Lines = [new("base", "aws_nat_gateway.a", null, "NAT gateway", 0, 32.85m)],
            NotIncluded = ["runtime, which cannot be planned until base is deployed"],
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain(
                "**Estimated cost**: 10.00 -> 42.85 USD a month (+32.85) always on, 10.00 -> 20.00 USD a month (+10.00) with the schedule, "
                    + "without what is charged by use; not included: runtime, which cannot be planned until base is deployed.\n"));
            Assert.That(page, Does.Contain(
                "<details><summary>cost: 1 resource, +32.85 USD a month</summary>\n\n| resource | before | after | USD a month |\n"
                    + "|---|---|---|---|\n| base `aws_nat_gateway.a` |  | NAT gateway | 0.00 → 32.85 |\n"));
            Assert.That(page.IndexOf("Data of base is lost", StringComparison.Ordinal),
                Is.LessThan(page.IndexOf("<summary>cost", StringComparison.Ordinal)), "data at risk is first");
        }
    }

    [TestCase(10, false), TestCase(2000, true)]
    public void Write_Findings_AreCountedAndListed_OrLeftOutAsAWhole(int warnings, bool leftOut)
    {
        PlanFinding[] findings =
        [
            .. Enumerable.Range(1, warnings).Select(line =>
                new PlanFinding("warning", "network/endpoints", "environments/dev.json", line, "a|b is unusual")),
            new("error", "policies/no-full-access", "environments/dev.json", 0, "runtime aws_iam_policy.a  wrong"),
        ];
        string page = Write([Base], findings: findings);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain($"**Checks**: 1 error, {warnings} warnings.\n"));
            Assert.That(page.Contains(
                "|---|---|---|---|\n| error | `environments/dev.json` | `policies/no-full-access` | `runtime aws_iam_policy.a  wrong` |\n"
                    + "| warning | `environments/dev.json:1` | `network/endpoints` | `a\\|b is unusual` |\n", StringComparison.Ordinal),
                Is.Not.EqualTo(leftOut));
            Assert.That(page.Contains($"checks: 1 error, {warnings} warnings: left out", StringComparison.Ordinal), Is.EqualTo(leftOut));
            Assert.That(page, Has.Length.LessThan(CommentLimit).And.Contain("**not allowed**").And.Contain("forced by engine"));
        }
    }

    [Test]
    public void Write_ChecksWithoutFindings_SaysSo() =>
        Assert.That(Write([Base], findings: []), Does.Contain("**Checks**: no findings.\n").And.Not.Contain("<summary>checks"));

    private static string Write(
        IReadOnlyList<StackSummary> stacks, string text = "", PlanCost? cost = null, IReadOnlyList<PlanFinding>? findings = null)
    {
        var summary = new PlanSummary
        {
            Project = "acme",
            Environment = "dev",
            Account = "111111111111",
            Region = "us-east-2",
            Commit = "0123456789abcdef0123",
            MadeAt = new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc),
            Stacks = stacks,
            Cost = cost,
            Findings = findings,
        };
        return PlanMarkdown.Write(summary, new Dictionary<string, string> { ["base"] = text });
    }
}
