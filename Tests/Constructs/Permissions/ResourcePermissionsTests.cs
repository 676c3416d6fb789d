using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;
using Infra.Naming;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Permissions;

internal sealed class ResourcePermissionsTests
{
    private static readonly DeploymentContext Context = new(new Names("acme", "dev", "111111111111"), "us-east-2", Production: false,
        Disposable: true);

    // Creating and changing roles has its own conditions: ApplyPermissions.Roles.
    private static readonly string[] MadeElsewhere = ["aws_iam_role", "aws_iam_role_policy"];

    private static ResourcePermissions Of(params string[] types) =>
        new(Context, new ResourcesInUse(types.ToHashSet(StringComparer.Ordinal), new HashSet<string>())
        {
            Emptied = ["acme-files"],
            Domain = "example.com"
        });

    private static string[] Actions(ResourcePermissions permissions, params Access[] access) =>
        [.. permissions.Statements(access).SelectMany(statement => statement.Actions)];

    [TestCaseSource(typeof(ProviderCalls), nameof(ProviderCalls.Types)), Property("Finding", "B18"), Property("Finding", "B8")]
    public void EveryTypeThatWasRecorded_HasWhatTheProviderCalls(string type)
    {
        ResourcePermissions permissions = Of(type);
        string[] all = Actions(permissions, Access.Read, Access.ReadSecret, Access.Write);
        IEnumerable<string> applied = ProviderCalls.Apply(type).Where(action => !MadeElsewhere.Contains(type) || action.Contains(":Get",
            StringComparison.Ordinal) || action.Contains(":List", StringComparison.Ordinal));

        Assert.Multiple(() =>
        {
            Assert.That(permissions.Unknown, Is.Empty);
            Assert.That(ProviderCalls.Read(type).Except(Actions(permissions, Access.Read, Access.ReadSecret)), Is.Empty, "read");
            Assert.That(applied.Except(all), Is.Empty, "made and destroyed");
        });
    }

    [Test, Property("Finding", "B18")]
    public void TypesThatAreNotKnown_AreNamed()
    {
        Assert.That(Of("aws_sqs_queue", "aws_kinesis_stream", "data.aws_vpc", "null_resource", "data.terraform_remote_state").Unknown,
            Is.EqualTo(new[] { "aws_kinesis_stream", "data.aws_vpc" }));
    }

    [Test, Property("Finding", "B18")]
    public void Queue_MayBeCreatedAndRead_AndApplicationsMayUseIt()
    {
        ResourcePermissions queue = Of("aws_sqs_queue");

        Assert.Multiple(() =>
        {
            Assert.That(queue.UseActions,
                Does.Contain("sqs:SendMessage").And.Contain("sqs:ReceiveMessage").And.Contain("sqs:DeleteMessage"));
            Assert.That(queue.Statements(Access.Write).Single().Resources,
                Is.EqualTo(new[] { "arn:aws:sqs:us-east-2:111111111111:acme-dev-*" }));
            Assert.That(Actions(queue, Access.Read), Is.EqualTo(new[] { "sqs:GetQueueAttributes", "sqs:ListQueueTags" }));
        });
    }

    [Test, Property("Finding", "B8")]
    public void Reading_ReadsNoSecretAndNoData()
    {
        string[] types = [.. ProviderCalls.Types];
        string[] secrets =
        [
            "cognito-idp:DescribeIdentityProvider", "cognito-idp:DescribeUserPoolClient", "dynamodb:GetItem", "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer", "kms:Decrypt",
            "logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartLiveTail", "logs:StartQuery", "rds:DownloadDBLogFilePortion",
                "s3:GetObject", "secretsmanager:GetSecretValue",
            "sqs:ReceiveMessage", "xray:BatchGetTraces",
        ];

        Assert.That(Actions(Of(types), Access.Read).Intersect(secrets), Is.Empty);
    }

    [Test, Property("Finding", "B13"), Property("Row", "S10")]
    public void Actions_AreOnEverythingOnlyWhereAwsDefinesNoResource()
    {
        Assert.That(
            from statement in Of([.. ProviderCalls.Types, "aws_cloudformation_stack", "aws_instance", "aws_wafv2_web_acl_association",
                "aws_wafv2_web_acl_logging_configuration", "aws_backup_vault",
                "aws_chatbot_slack_channel_configuration", "aws_ecr_replication_configuration"]).Statements(Access.Read,
                    Access.ReadSecret, Access.Write)
            where statement.Resources.Contains("*")
            from action in statement.Actions
            where !AuthorizationData.KnowsNoResource(action)
            select action,
            Is.Empty);
    }

    [Test, Property("Finding", "B13"), Property("Finding", "B15")]
    public void Actions_AreAwsOwn()
    {
        string[] types = [.. ProviderCalls.Types, "aws_cloudformation_stack", "aws_instance", "aws_network_interface", "aws_backup_plan",
            "aws_backup_selection", "aws_backup_vault",
            "aws_backup_vault_lock_configuration", "aws_budgets_budget", "aws_chatbot_slack_channel_configuration",
                "aws_ecr_replication_configuration", "aws_wafv2_ip_set", "aws_wafv2_web_acl",
            "aws_wafv2_web_acl_association", "aws_wafv2_web_acl_logging_configuration"];
        ResourcePermissions permissions = Of(types);

        Assert.That(
            Actions(permissions, Access.Read, Access.ReadSecret, Access.Write).Concat(permissions.UseActions).Distinct().Where(action =>
                !AuthorizationData.Exists(action)), Is.Empty);
    }

    [Test]
    public void Statements_OfOneServiceAndTheSameConditions_AreOne()
    {
        IReadOnlyList<Statement> statements = Of("aws_vpc", "aws_subnet", "aws_route_table").Statements(Access.Write);

        Assert.That(statements.Select(statement => statement.Sid), Is.Unique);
        Assert.That(statements.Single(statement => statement.Sid == "TaggedEc2").Actions,
            Does.Contain("ec2:DeleteVpc").And.Contain("ec2:DeleteSubnet").And.Contain("ec2:DeleteRouteTable"));
    }

    [Test, Property("Finding", "B6"), Property("Finding", "B18")]
    public void TheBiggestEnvironment_FitsIntoTheManagedPoliciesOfARole()
    {
        const int MostAttached = 10;
        var context = new DeploymentContext(new Names("a-project-of-24-characters", "an-environment-of-28-letters", "111111111111"),
            "ap-southeast-2", Production: false, Disposable: true);
        var none = new HashSet<string>();
        IReadOnlySet<string> every = new ResourcePermissions(context, new ResourcesInUse(none, none)).Known;
        var all = new ResourcePermissions(context, new ResourcesInUse(every, none)
        {
            Domain = "a-domain-of-32-characters.example",
            Emptied = [.. Enumerable.Range(0, 12).Select(i => context.Names.Bucket($"purpose-{i}"))],
        });

        int read = PolicyParts.Of(all.Statements(Access.Read)).Count();
        int change = PolicyParts.Of(all.Statements(Access.Write, Access.ReadSecret)).Count();

        Assert.That(every, Has.Count.GreaterThan(90));
        Assert.That(read + change, Is.LessThanOrEqualTo(MostAttached), $"{read} for reading, {change} for changing");
    }

    [Test]
    public void Parts_FitIntoAManagedPolicy()
    {
        Statement Long(int i) => new()
        {
            Sid = $"S{i}",
            Actions = [.. Enumerable.Range(0, 80).Select(n =>
            $"service:Action{n:000000000000000000000}")],
            Resources = ["*"]
        };

        (string Part, IReadOnlyList<Statement> Statements)[] parts = [.. PolicyParts.Of([Long(1), Long(2), Long(3)])];

        Assert.That(parts.Select(part => part.Part), Is.EqualTo(new[] { "", "-2", "-3" }).Or.EqualTo(new[] { "", "-2" }));
        Assert.That(parts.Select(part => new PolicyDocument(part.Statements).ToJson().Length),
            Is.All.LessThanOrEqualTo(PolicyParts.MostCharacters));
        Assert.That(parts.SelectMany(part => part.Statements).Select(statement => statement.Sid), Is.EqualTo(new[] { "S1", "S2", "S3" }));
    }
}
