using Infra.Operations.Aws;
using Infra.Operations.Deployment;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Terraform;
using NUnit.Framework;

namespace Infra.Tests.Operations.Plans;

internal sealed class PlanSummaryTests
{
    private static readonly StackSummary Runtime = new()
    {
        Stack = "runtime",
        Changes = true,
        Add = 1,
        Destroy = 1,
        Change = 1,
        Plan = "runtime.tfplan",
        State = new StateSerial("lineage", 7),
        Below = new StateSerial("other", 3),
        Resources =
        [
            new("aws_lb.alb", "aws_lb", "update", [new("idle_timeout", "60", "90"), new("name", "a|b", "c")]),
            new("aws_ecs_service.web", "aws_ecs_service", "replace", [new("cluster", "a", PlanContents.Unknown, ForcesReplacement: true)]),
            new("aws_eip.a", "aws_eip", "create", []),
        ],
    };

    private static readonly PlanSummary Summary = new()
    {
        Project = "acme",
        Environment = "dev",
        Account = "111111111111",
        Region = "us-east-2",
        Commit = "0123456789abcdef0123",
        MadeAt = new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc),
        Stacks = [Runtime],
        Cost = new PlanCost
        {
            Before = 1.5m,
            After = 2.25m,
            ScheduledBefore = 1,
            ScheduledAfter = 2,
            PriceRegion = "us-east-1",
            Lines = [new("runtime", "aws_eip.a", null, "public IPv4 address", 0, 0.75m)],
            NotIncluded = ["base"],
        },
        Findings = [new("warning", "network/endpoints", "environments/dev.json", 3, "unusual")],
    };

    [Test]
    public void Parse_WhatToJsonWrote_IsTheSame()
    {
        PlanSummary read = PlanSummary.Parse(Summary.ToJson());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.ToJson(), Is.EqualTo(Summary.ToJson()));
            Assert.That(read.Stacks.Single().State, Is.EqualTo(Runtime.State));
            Assert.That(read.Stacks.Single().Below, Is.EqualTo(Runtime.Below));
            Assert.That(read.Changes, Is.True);
            Assert.That(read.Cost!.Lines, Is.EqualTo(Summary.Cost!.Lines));
            Assert.That(read.Cost.Difference, Is.EqualTo(0.75m));
            Assert.That(read.Findings, Is.EqualTo(Summary.Findings));
        }
    }

    [Test, Property("Row", "X7")]
    public void ExitCode_DataAtRisk_IsNotThatOfChanges()
    {
        StackSummary loses = Runtime with { Losses = [new("aws_db_instance.database", true, "the data of its databases", null)] };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Code(Runtime with { Changes = false }), Is.EqualTo(ExitCode.Ok));
            Assert.That(Code(Runtime), Is.EqualTo(ExitCode.Changes));
            Assert.That(Code(loses), Is.EqualTo(ExitCode.Changes), "named, or disposable");
            Assert.That(Code(loses with { Refused = ["aws_db_instance.database"] }), Is.EqualTo(ExitCode.DataAtRisk));
        }

        static ExitCode Code(StackSummary stack) => PlanCommand.ExitCodeOf(Summary with { Stacks = [stack] });
    }
}
