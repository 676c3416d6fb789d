using Infra.Operations.Terraform;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class PlanContentsTests
{
    private static readonly PlanContents Plan = PlanContents.Of(JObject.Parse("""
        {
          "format_version": "1.2",
          "resource_changes": [
            { "address": "aws_ssm_parameter.a", "mode": "managed", "type": "aws_ssm_parameter", "change": { "actions": ["update"],
              "before": { "value": "old-secret", "description": null, "tier": "Standard", "version": 1 },
              "after": { "value": "new-secret", "description": "", "tier": "Advanced" },
              "after_unknown": { "version": true, "tags": {} }, "before_sensitive": { "value": true }, "after_sensitive": { "value": true } } },
            { "address": "aws_vpc.b", "mode": "managed", "type": "aws_vpc", "change": { "actions": ["no-op"], "before": { "id": "x" }, "after": { "id": "x" } } },
            { "address": "aws_vpc.c", "mode": "managed", "type": "aws_vpc", "change": { "actions": ["delete", "create"], "before": { "cidr": "1" }, "after": { "cidr": "2" } } },
            { "address": "aws_vpc.d", "mode": "managed", "type": "aws_vpc", "change": { "actions": ["create"], "before": null, "after": { "cidr": "2" } } },
            { "address": "data.aws_vpc.e", "mode": "data", "type": "aws_vpc", "change": { "actions": ["read"], "before": null, "after": {} } }
          ],
          "resource_drift": [
            { "address": "aws_eip.f", "mode": "managed", "type": "aws_eip", "change": { "actions": ["delete"], "before": { "id": "x" }, "after": null } }
          ]
        }
        """));

    [Test]
    public void Of_Plan_ReadsWhatIsDoneToManagedResources() => Assert.That(
        Plan.Changes.Select(change => $"{change.Action} {change.Address}"),
        Is.EqualTo(new[] { "update aws_ssm_parameter.a", "replace aws_vpc.c", "create aws_vpc.d" }));

    [Test]
    public void Of_Update_NamesAttributesWithoutSensitiveValuesAndWithoutTwoWaysToWriteNothing() => Assert.That(
        Plan.Changes[0].Attributes,
        Is.EqualTo(new[]
        {
            new AttributeChange("tier", "Standard", "Advanced"),
            new AttributeChange("value", PlanContents.Sensitive, PlanContents.Sensitive),
            new AttributeChange("version", "1", PlanContents.Unknown),
        }));

    [Test]
    public void Of_MovedImportedDeposedAndReplaced_HasWhatTerraformSaysAboutIt()
    {
        PlanContents plan = PlanContents.Parse("""
            {
              "resource_changes": [
                { "address": "aws_sqs_queue.b", "mode": "managed", "type": "aws_sqs_queue", "previous_address": "aws_sqs_queue.a",
                  "change": { "actions": ["no-op"], "before": { "name": "x" }, "after": { "name": "x" } } },
                { "address": "aws_sqs_queue.c", "mode": "managed", "type": "aws_sqs_queue",
                  "change": { "actions": ["no-op"], "before": { "name": "x" }, "after": { "name": "x" }, "importing": { "id": "q-1" } } },
                { "address": "aws_sqs_queue.d", "mode": "managed", "type": "aws_sqs_queue", "deposed": "00000001",
                  "change": { "actions": ["delete"], "before": { "name": "x" }, "after": null } },
                { "address": "aws_db_instance.e", "mode": "managed", "type": "aws_db_instance", "action_reason": "replace_because_cannot_update",
                  "change": { "actions": ["create", "delete"], "before": { "engine": "a", "at": "2026-01-01T00:00:00Z" },
                    "after": { "engine": "b", "at": "2026-01-02T00:00:00Z" }, "replace_paths": [["engine"]] } }
              ]
            }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Changes.Select(change => change.Action), Is.EqualTo(new[] { "move", "import", "delete", "replace" }));
            Assert.That(plan.Changes.Select(change => change.PreviousAddress), Is.EqualTo(new[] { "aws_sqs_queue.a", null, null, null }));
            Assert.That(plan.Changes.Select(change => change.ImportId), Is.EqualTo(new[] { null, "q-1", null, null }));
            Assert.That(plan.Changes.Select(change => change.Deposed), Is.EqualTo(new[] { false, false, true, false }));
            Assert.That(plan.Changes[3].Reason, Is.EqualTo("replace_because_cannot_update"));
            Assert.That(plan.Changes[3].Attributes, Is.EqualTo(new[]
            {
                new AttributeChange("at", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
                new AttributeChange("engine", "a", "b", ForcesReplacement: true),
            }));
        }
    }

    [Test]
    public void Of_Drift_IsApartFromChanges() =>
        Assert.That(Plan.Drift.Select(change => $"{change.Action} {change.Address}"), Is.EqualTo(new[] { "delete aws_eip.f" }));

    [Test]
    public void Arguments_ReadOnly_NeitherRefreshesNorLocks() =>
        Assert.That(PlanMode.ReadOnly.Arguments, Is.EqualTo(new[] { "-refresh=false", "-lock=false" }));

    [Test]
    public void Arguments_Usual_AreNone() => Assert.That(PlanMode.Usual.Arguments, Is.Empty);

    [Test]
    public void Arguments_Targets_AreEachNamed() =>
        Assert.That(new PlanMode { Destroy = true, Targets = ["a.b", "c.d"] }.Arguments,
            Is.EqualTo(new[] { "-destroy", "-target=a.b", "-target=c.d" }));
}
