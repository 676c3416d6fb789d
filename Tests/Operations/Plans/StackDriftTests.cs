using Infra.Operations.Drift;
using Infra.Operations.Plans;
using Infra.Operations.Terraform;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Plans;

[Property("Row", "T12")]
internal sealed class StackDriftTests
{
    [Test]
    public void Of_ChangedOutsideAndPutBack_IsDriftWithBothValues()
    {
        StackDrift drift =
            Of(Change("aws_ssm_parameter.a", "update", """{ "v": "tampered" }""", """{ "v": "ours" }"""),
                Change("aws_ssm_parameter.a", "update", """{ "v": "ours" }""", """{ "v": "tampered" }"""));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(drift.HasDrifted, Is.True);
            Assert.That(drift.Outside.Single().Attributes, Is.EqualTo(new[] { new AttributeChange("v", "ours", "tampered") }));
            Assert.That(drift.Unapplied, Is.Empty);
            Assert.That(DriftMarkdown.Write("prod", drift, "0123456789abcdef"),
                Does.Contain("### prod · base: 1 resource changed outside Terraform")
                .And.Contain("| `aws_ssm_parameter.a` | `v` | `ours` | `tampered` |").And.Contain("commit 0123456789ab "));
        }
    }

    [Test]
    public void Of_ConfiguredButNotApplied_IsNoDrift()
    {
        StackDrift drift = Of(Change("aws_ssm_parameter.a", "update", """{ "v": "old" }""", """{ "v": "new" }"""), drift: null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(drift.HasDrifted, Is.False);
            Assert.That(drift.Unapplied.Single().Address, Is.EqualTo("aws_ssm_parameter.a"));
            Assert.That(DriftMarkdown.Headline(drift), Is.EqualTo("no drift; 1 resource not applied yet"));
        }
    }

    [Test]
    public void Of_BothOnOneResource_PartsThemByAttribute()
    {
        StackDrift drift = Of(
            Change("aws_vpc.a", "update", """{ "hosts": "off", "tag": "old" }""", """{ "hosts": "on", "tag": "new" }"""),
            Change("aws_vpc.a", "update", """{ "hosts": "on", "tag": "old" }""", """{ "hosts": "off", "tag": "old" }"""));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(drift.Outside.Single().Attributes.Single().Path, Is.EqualTo("hosts"));
            Assert.That(drift.Unapplied.Single().Attributes.Single().Path, Is.EqualTo("tag"));
        }
    }

    [Test]
    public void Of_DeletedOutside_IsDriftAndWhatOnlyFollowsIsLeftOut()
    {
        JObject follows = Change("aws_flow_log.b", "update", """{ "group": "x" }""", "{}");
        follows["change"]!["after_unknown"] = new JObject { ["group"] = true };
        StackDrift drift = StackDrift.Of("base", PlanContents.Of(new JObject
        {
            ["resource_changes"] = new JArray(Change("aws_log.a", "create", "null", """{ "name": "x" }"""), follows),
            ["resource_drift"] = new JArray(Change("aws_log.a", "delete", """{ "name": "x" }""", "null")),
        }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(drift.Outside.Select(change => $"{change.Action} {change.Address}"), Is.EqualTo(new[] { "delete aws_log.a" }));
            Assert.That(drift.Unapplied, Is.Empty);
            Assert.That(DriftMarkdown.Write("dev", drift, null), Does.Contain("| `aws_log.a` | deleted |"));
        }
    }

    [Test]
    public void Of_ReleasedDigestThatTerraformIgnores_IsLeftAlone()
    {
        StackDrift drift =
            Of(change: null,
                Change("aws_ssm_parameter.release-web", "update", """{ "v": "none", "filled": [] }""",
                    """{ "v": "sha256:1", "filled": ["x"] }"""));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(drift.HasDrifted, Is.False);
            Assert.That(drift.Left.Single().Attributes, Is.EqualTo(new[] { new AttributeChange("v", "none", "sha256:1") }));
        }
    }

    [Test]
    public void Write_ValueThatWouldBreakTheTable_StaysInItsCell()
    {
        StackDrift drift =
            Of(Change("a.b", "update", """{ "v": "x|y\n`z`" }""", """{ "v": "w" }"""),
                Change("a.b", "update", """{ "v": "w" }""", """{ "v": "x|y\n`z`" }"""));
        Assert.That(DriftMarkdown.Write("dev", drift, null), Does.Contain("| `a.b` | `v` | `w` | `x\\|y 'z'` |"));
    }

    private static StackDrift Of(JObject? change, JObject? drift) => StackDrift.Of("base", PlanContents.Of(new JObject
    {
        ["resource_changes"] = change is null ? [] : new JArray(change),
        ["resource_drift"] = drift is null ? [] : new JArray(drift),
    }));

    private static JObject Change(string address, string action, string before, string after) => new()
    {
        ["address"] = address,
        ["mode"] = "managed",
        ["type"] = address.Split('.')[0],
        ["change"] = new JObject { ["actions"] = new JArray(action), ["before"] = JToken.Parse(before), ["after"] = JToken.Parse(after) },
    };
}
