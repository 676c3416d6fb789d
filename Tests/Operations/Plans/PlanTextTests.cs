using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Terraform;
using NUnit.Framework;

namespace Infra.Tests.Operations.Plans;

[Property("Finding", "U2")]
internal sealed class PlanTextTests
{
    private static readonly ResourceChange Queue =
        new("aws_sqs_queue.jobs", "aws_sqs_queue", "update", [new("visibility_timeout_seconds", "90", "60")]);

    private static readonly ResourceChange Database = new("aws_db_instance.db", "aws_db_instance", "replace",
    [
        new("address", "db.example.com", PlanContents.Unknown), new("allocated_storage", "20", "30"),
        new("arn", "arn:aws:rds", PlanContents.Unknown), new("engine", "postgres", "mysql", ForcesReplacement: true),
    ]);

    [Test]
    public void Lines_EachAttribute_HasItsOldAndItsNewValue() => Assert.That(Text([Queue]), Is.EqualTo(
        """
          ~ aws_sqs_queue.jobs
              ~ visibility_timeout_seconds: 90 -> 60
        """));

    [Test]
    public void Lines_Replacement_SaysWhatForcesIt_AndOmitsWhatFollows() => Assert.That(Text([Database]), Is.EqualTo(
        """
          ± aws_db_instance.db (destroyed and recreated, forced by engine)
              ~ engine: postgres -> mysql (forces replacement)
              ~ allocated_storage: 20 -> 30
              2 more attributes are known after apply
        """));

    [Test]
    public void Lines_Full_OmitsNothing() =>
        Assert.That(Text([Database], full: true), Does.Contain("~ arn: arn:aws:rds -> (known after apply)").And.Not.Contain("2 more"));

    [TestCase("replace", "replace_because_tainted", "± a.b (destroyed and recreated, because its creation failed)")]
    [TestCase("replace", "replace_by_triggers", "± a.b (destroyed and recreated, because of replace_triggered_by)")]
    [TestCase("delete", "delete_because_no_resource_config", "- a.b (no longer configured)")]
    [TestCase("delete", null, "- a.b")]
    [TestCase("forget", null, "forget a.b (removed from the state; kept in AWS)")]
    public void Lines_Reason_IsInWords(string action, string? reason, string expected) =>
        Assert.That(Text([new("a.b", "a", action, []) { Reason = reason }]), Is.EqualTo("  " + expected));

    [Test]
    public void Lines_MovedImportedAndDeposed_SayWhatTheyWere() => Assert.That(
        Text(
        [
            new("a.new", "a", "move", []) { PreviousAddress = "a.old" },
            new("a.b", "a", "import", []) { ImportId = "id-1" },
            new("a.c", "a", "delete", []) { Deposed = true },
        ]),
        Is.EqualTo("  < a.b (imported: id-1)\n  > a.new (moved from a.old)\n  - a.c (what an earlier replacement has left)"));

    [Test]
    public void Lines_MostDestructive_IsLast_NextToThePrompt() => Assert.That(
        new PlanText(false, 80).Lines([new("a.d", "a", "delete", []), Database, new("a.c", "a", "create", []), Queue])
            .Select(line => line.Action).Where(action => action.Length > 0).Distinct(),
        Is.EqualTo(new[] { "create", "update", "replace", "delete" }));

    [Test]
    public void Lines_ManyCreations_AreFoldedByType_UnlessFull()
    {
        ResourceChange[] changes =
        [
            .. Enumerable.Range(1, 12).Select(at => new ResourceChange($"aws_ssm_parameter.p{at}", "aws_ssm_parameter", "create", [])),
            .. Enumerable.Range(1, 4).Select(at => new ResourceChange($"aws_eip.e{at}", "aws_eip", "create", [])), Queue,
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(changes), Does.StartWith(
                "  +   4 aws_eip\n  +  12 aws_ssm_parameter\n    --full lists each of them\n  ~ aws_sqs_queue"));
            Assert.That(Text(changes, full: true), Does.Contain("  + aws_ssm_parameter.p12\n").And.Not.Contain("--full"));
            Assert.That(Text(changes[..15]), Does.Contain("  + aws_eip.e3"));
        }
    }

    [Test]
    public void Lines_TagsAll_IsNotRepeated() => Assert.That(
        Text([new("a.b", "a", "update", [new("tags.x", "1", "2"), new("tags_all.x", "1", "2"), new("tags_all.y", "1", "2")])]),
        Is.EqualTo("  ~ a.b\n      ~ tags.x: 1 -> 2\n      ~ tags_all.y: 1 -> 2"));

    [TestCase(80), TestCase(200)]
    public void Lines_LongValues_FitTheWidth_AndShowTheDifference(int width)
    {
        string common = new('x', 300);
        string[] lines = Text([
            new("a.b", "a", "update", [new("user_data", common + "OLD" + common, common + "NEW" + common), new("text", "a\nb", "c")])],
            width: width).Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(width));
            Assert.That(lines[2], Does.StartWith("          …xxx").And.Contain("OLD").And.EndWith("… ->"));
            Assert.That(lines[3], Does.Contain("NEW"));
            Assert.That(lines[4], Is.EqualTo("      ~ text: a\\nb -> c"));
        }
    }

    [Test]
    public void Lines_Full_DoesNotCutValues()
    {
        string value = new('x', 300);
        Assert.That(Text([new("a.b", "a", "update", [new("user_data", "old", value)])], full: true), Does.Contain(value));
    }

    [Test, Property("Finding", "U3")]
    public void Write_ChangedOutside_IsWhatDriftFinds()
    {
        ResourceChange[] changes =
        [
            new("aws_route_table.a", "aws_route_table", "update", [new("tags.x", "1", "2")]),
            new("aws_sqs_queue.b", "aws_sqs_queue", "update", [new("delay_seconds", "5", "0")]),
        ];
        ResourceChange[] drift =
        [
            new("aws_route_table.a", "aws_route_table", "update", [new("route", PlanContents.Nothing, "[1]")]),
            new("aws_sqs_queue.b", "aws_sqs_queue", "update", [new("delay_seconds", "0", "5")]),
        ];
        var output = new StringWriter();
        PlanText.Write(
            new Reporter(output, output, interactive: false), "base", new PlanContents(changes, drift), new ChangeCounts(0, 2, 0),
            full: false);
        Assert.That(output.ToString(), Is.EqualTo(
            """
              changed outside Terraform: aws_sqs_queue.b
                  ! delay_seconds: 0 -> 5
              ~ aws_route_table.a
                  ~ tags.x: 1 -> 2
              ~ aws_sqs_queue.b
                  ~ delay_seconds: 5 -> 0
              0 to add, 2 to change, 0 to destroy

            """));
    }

    private static string Text(IReadOnlyList<ResourceChange> changes, bool full = false, int width = 80) =>
        string.Join('\n', new PlanText(full, width).Lines(changes).Select(line => line.Line));
}
