using Infra.Insight;
using Infra.Insight.Permissions;
using Infra.Operations.Access;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight.Permissions;

/// <summary>Comparison of granted permissions with the calls that the local AWS recorded.</summary>
internal sealed class PermissionUsageTests
{
    private const string Account = "111111111111";

    private static readonly StackJson Stack = new("bootstrap", JObject.Parse("""
        {
          "resource": {
            "aws_iam_role": { "release": { "name": "acme-dev-infra-release" }, "task": { "name": "acme-dev-task" } },
            "aws_iam_role_policy": {
              "state": {
                "name": "state", "role": "${aws_iam_role.release.name}",
                "policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Read\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:PutObject\"],\"Resource\":\"*\"},{\"Sid\":\"No\",\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\"},{\"Effect\":\"Allow\",\"Action\":\"ecs:*\",\"Resource\":\"*\"}]}"
              }
            },
            "aws_iam_policy": {
              "own": { "name": "own", "policy": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\"Send\",\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}}" },
              "boundary": { "name": "boundary", "policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Most\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}" }
            },
            "aws_iam_role_policy_attachment": {
              "task": { "role": "${aws_iam_role.task.name}", "policy_arn": "${aws_iam_policy.own.arn}" },
              "managed": { "role": "${aws_iam_role.task.name}", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess" }
            }
          }
        }
        """));

    private static readonly GrantedPermission[] Granted = [.. GrantedPermission.Of(Stack, Account)];

    [Test]
    public void Granted_AreTheActionsThatStatementsOfARolesPoliciesAllow() => Assert.That(Granted, Is.EqualTo(new GrantedPermission[]
    {
        new(Account, "acme-dev-infra-release", "acme-dev-infra-release/state", "Read", "s3:GetObject"),
        new(Account, "acme-dev-infra-release", "acme-dev-infra-release/state", "Read", "s3:PutObject"),
        new(Account, "acme-dev-infra-release", "acme-dev-infra-release/state", "2", "ecs:*"),
        new(Account, "acme-dev-task", "own", "Send", "sqs:SendMessage"),
    }), "neither denials, nor the boundary, nor AWS's own policies");

    [Test]
    public void Usage_CountsByStatementAndAction()
    {
        PermissionUsage usage = PermissionUsage.Of(Granted, Records(
            Line("acme-dev-infra-release", "s3:getobject", "acme-dev-infra-release/state/Read"),
            Line("acme-dev-infra-release", "ecs:UpdateService", "acme-dev-infra-release/state/2"),
            Line("acme-dev-infra-release", "ecs:UpdateService", "acme-dev-infra-release/state/2"),
            Line("acme-dev-infra-release", "s3:PutObject", "acme-dev-infra-release/state/Write"),
            Line("acme-dev-infra-plan", "s3:PutObject", "acme-dev-infra-plan/state/Read"),
            Line("somebody", "s3:PutObject", "acme-dev-infra-release/state/Read"),
            Line("acme-dev-infra-release", "s3:DeleteObject", null, allowed: false),
            Line("acme-dev-infra-release", "s3:DeleteObject", null, allowed: false),
            """{ "requests": [{ "principal": "somebody", "authorized": 3, "refused": 1 }] }""",
            "{ \"action\": \"s3:Put"), []);
        Assert.Multiple(() =>
        {
            Assert.That(usage.Used.Select(used => used.Permission.Action), Is.EqualTo(new[] { "ecs:*", "s3:GetObject" }));
            Assert.That(usage.Used[0].Actions, Is.EqualTo(new Dictionary<string, int> { ["ecs:UpdateService"] = 2 }));
            Assert.That(usage.Unexplained.Select(permission => permission.Action), Is.EqualTo(new[] { "s3:PutObject", "sqs:SendMessage" }));
            Assert.That(
                usage.Refused, Is.EqualTo(
                    new[] { new RefusedCall(Account, "acme-dev-infra-release", "s3:DeleteObject", "arn:r", "no statement allows it", 2) }));
        });
    }

    [Test]
    public void Usage_OfTheSameStatementInAnotherEnvironment_Counts() => Assert.That(
        PermissionUsage.Of(Granted,
            Records(Line("tap-poc-infra-release", "s3:PutObject", "tap-poc-infra-release/other/Read", account: "222222222222")), [])
            .Used.Select(used => used.Permission.Action),
        Is.EqualTo(new[] { "s3:PutObject" }));

    [Test]
    public void Usage_OfARoleWithANameOfItsOwn_CountsForTheKindOfItsId()
    {
        var named = new StackJson("base", JObject.Parse(Stack.Json.ToString().Replace(
            "acme-dev-task", "acme-application-role", StringComparison.Ordinal)));
        AuthorizationRecord[] records = [.. Records(
            Line("acme-application-role", "sqs:SendMessage", "own/Send"))];

        Assert.That(PermissionUsage.Of(GrantedPermission.Of(named, Account), records, []).Used.Select(used => used.Permission.Action),
            Is.EqualTo(new[] { "sqs:SendMessage" }));
        Assert.That(
            PermissionUsage.Of([.. Granted, .. GrantedPermission.Of(named, Account)], records, [])
                .Used.Select(used => used.Permission.Role), Is.EqualTo(new[] { "acme-application-role", "acme-dev-task" }));
    }

    [TestCase("backend-task", "task")]
    [TestCase("github-delivery", "github-delivery")]
    [TestCase("somebody", "acme-application-role")]
    public void KindOfARoleWithANameOfItsOwn_IsTheEndOfItsId(string id, string kind) =>
        Assert.That(PermissionKind.OfRole("acme-application-role", id), Is.EqualTo(kind));

    [TestCase("acme-dev-infra-apply", "infra-apply")]
    [TestCase("acme-shared-infra-state-replica", "infra-state-replica")]
    [TestCase("beta-acme-infra-deploy", "infra-apply")]
    [TestCase("python-frameworks-dev-local-delivery", "github-delivery")]
    [TestCase("tools-acme-deploy-beta", "deploy-beta")]
    [TestCase("acme-dev-data-pipeline-task", "task")]
    [TestCase("acme-dev-api-migration-execution", "migration-execution")]
    [TestCase("somebody", "somebody")]
    public void KindOfARole_IsTheEndOfItsName(string role, string kind) => Assert.That(PermissionKind.OfRole(role), Is.EqualTo(kind));

    [TestCase("BucketFiles", "Bucket")]
    [TestCase("BucketRawDataList", "BucketList")]
    [TestCase("TableSessions", "Table")]
    [TestCase("Tables", "Tables")]
    [TestCase("Secrets", "Secrets")]
    public void KindOfAStatementAboutData_IsWithoutItsName(string sid, string kind) =>
        Assert.That(PermissionKind.OfStatement(sid), Is.EqualTo(kind));

    [Test]
    public void Unused_WithAReason_IsExplained_AndAReasonForNothingIsStale()
    {
        UnusedPermissionReason Reason(string role, string statement, string action) =>
            new([role], [statement], [action], "runs in AWS only", "https://docs.aws.amazon.com/");
        UnusedPermissionReason[] reasons = [Reason("task", "*", "sqs:*"), Reason("*", "Read", "s3:Get*")];
        PermissionUsage usage = PermissionUsage.Of(
            Granted, Records(Line("acme-dev-infra-release", "s3:GetObject", "acme-dev-infra-release/state/Read")), reasons);
        Assert.Multiple(() =>
        {
            Assert.That(usage.Unexplained.Select(permission => permission.Action), Is.EqualTo(new[] { "ecs:*", "s3:PutObject" }));
            Assert.That(usage.StaleReasons, Is.EqualTo(new[] { reasons[1] }), "what it explains is used");
        });
    }

    [Test]
    public void Page_HasASectionForEachRole()
    {
        PermissionUsage usage = PermissionUsage.Of(
            Granted,
            Records(Line("acme-dev-infra-release", "s3:GetObject", "acme-dev-infra-release/state/Read"),
                Line("acme-dev-task", "sqs:DeleteMessage", null, allowed: false)),
            [new UnusedPermissionReason(
                ["task"], ["Send"], ["sqs:SendMessage"], "only the application sends", "https://docs.aws.amazon.com/sqs")]);
        string page = PermissionUsagePage.Markdown("Permissions of acme-dev", usage);
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain("4 permissions of 2 roles: 1 used, 1 unused with a reason, 2 unused without; 1 calls refused"));
            Assert.That(page, Does.Contain("| acme-dev-infra-release/state/Read | `s3:GetObject` | s3:GetObject 1 |"));
            Assert.That(page, Does.Contain("| acme-dev-infra-release/state/2 | `ecs:*` | **no reason** |"));
            Assert.That(page,
                Does.Contain("| own/Send | `sqs:SendMessage` | only the application sends ([source](https://docs.aws.amazon.com/sqs)) |"));
            Assert.That(page, Does.Contain("| `sqs:DeleteMessage` (1) | `arn:r` | no statement allows it |"));
            Assert.That(PermissionUsagePage.Json(usage).SelectToken("unused[2].source")!.Value<string>(),
                Is.EqualTo("https://docs.aws.amazon.com/sqs"));
        });
    }

    [TestCase("""[{ "role": "*", "statement": "*", "action": "*", "reason": "because" }]""", "has no \"source\"")]
    [TestCase("""[{ "role": "*", "statement": "*", "action": "*", "reason": "because", "source": "a page" }]""", "is not an https URL")]
    public void Reasons_WithoutASource_AreRejected(string json, string said) =>
        Assert.That(Assert.Throws<FormatException>(() => UnusedPermissionReason.Read(json))!.Message, Does.Contain(said));

    [Test]
    public void Reasons_AreAboutOneOrAList()
    {
        UnusedPermissionReason reason = UnusedPermissionReason.Read("""
            [{ "role": "infra-*", "statement": ["Any", "Own*"], "action": ["logs:Put*", "sqs:*"], "reason": "because", "source": "https://docs.aws.amazon.com/" }]
            """).Single();
        GrantedPermission Of(string role, string sid, string action) => new(Account, role, "policy", sid, action);
        Assert.Multiple(() =>
        {
            Assert.That(reason.ToString(), Is.EqualTo("infra-* Any, Own* logs:Put*, sqs:*"));
            Assert.That(reason.IsFor(Of("acme-dev-infra-apply", "OwnSqs", "sqs:TagQueue")), Is.True);
            Assert.That(reason.IsFor(Of("acme-dev-infra-apply", "AllSqs", "sqs:TagQueue")), Is.False);
            Assert.That(reason.IsFor(Of("acme-dev-web-task", "OwnSqs", "sqs:TagQueue")), Is.False);
            Assert.That(reason.IsFor(Of("acme-dev-infra-apply", "OwnSqs", "s3:GetObject")), Is.False);
        });
    }

    [Test]
    public void CommittedReasons_AreComplete() =>
        Assert.That(UsedPermissionsCommand.Reasons(Checkout.Find().Root).Select(reason => reason.ToString()), Is.Unique);

    [Test]
    public void Files_OfManyRuns_AreReadTogether()
    {
        using var folder = new TemporaryFolder();
        folder.Write("one/emulator/authorizations.jsonl",
            Line("acme-dev-infra-release", "s3:GetObject", "acme-dev-infra-release/state/Read") + "\n");
        folder.Write(
            "two/4711-1795183200.jsonl",
            Line("arn:aws:iam::111111111111:role/path/acme-dev-infra-release", "s3:PutObject", "acme-dev-infra-release/state/Read")
                + "\n{ \"acti");
        PermissionUsage usage = PermissionUsage.Of(Granted, AuthorizationRecord.ReadAll(folder.Path), []);
        Assert.That(usage.Used.Select(used => used.Permission.Action), Is.EqualTo(new[] { "s3:GetObject", "s3:PutObject" }));
    }

    private static IEnumerable<AuthorizationRecord> Records(params string[] lines) =>
        lines.Select(AuthorizationRecord.Parse).OfType<AuthorizationRecord>();

    private static string Line(string role, string action, string? statement, bool allowed = true, string account = Account) => new JObject
    {
        ["time"] = "2026-11-21T12:00:00Z",
        ["caller"] = $"arn:aws:sts::{account}:assumed-role/{role}/session",
        ["role"] = role,
        ["account"] = account,
        ["service"] = action.Split(':')[0],
        ["operation"] = action.Split(':')[1],
        ["action"] = action,
        ["resource"] = "arn:r",
        ["allowed"] = allowed,
        ["statement"] = statement,
        ["statements"] = statement is null ? new JArray() : new JArray(statement),
        ["reason"] = allowed ? null : "no statement allows it",
    }.ToString(Newtonsoft.Json.Formatting.None);
}
