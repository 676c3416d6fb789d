using Infra.Naming;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>
/// The role of pull requests, whose code is not reviewed yet: it reads the configuration of resources and the state, and writes nothing.
/// </summary>
internal sealed class PlanPermissionsTests
{
    private static IamEvaluator Of(Example example) => new(RolePolicies.Of(example.Bootstrap, $"infra-{example.Config.Name}-plan"));

    [TestCaseSource(typeof(Example), nameof(Example.WithGitHub)), Property("Finding", "B9"), Property("Row", "S10")]
    public void Plan_WritesNothing_NoLockEither(Example example)
    {
        Assert.That(
            from statement in RolePolicies.Of(example.Bootstrap, $"infra-{example.Config.Name}-plan")
            where (string?)statement["Effect"] == "Allow"
            from action in (
                statement["Action"] is Newtonsoft.Json.Linq.JArray many ? many.Values<string>() : [(string?)statement["Action"]])
            let verb = action!.Split(':')[1]
            where !new[] { "BatchGet", "Describe", "Get", "List", "ViewBudget" }.Any(reading => verb.StartsWith(reading,
                StringComparison.Ordinal))
            select action,
            Is.Empty);
    }

    [TestCaseSource(typeof(Example), nameof(Example.WithGitHub)), Property("Finding", "B9")]
    public void Plan_ReadsTheDigestOfItsStates_AndNoItemOfOthers(Example example)
    {
        string table = $"arn:aws:dynamodb:{example.Config.Region}:{example.Config.Account}:table/{example.Config.State.LockTable}";
        Names names = example.Environment.Names;

        Assert.Multiple(() =>
        {
            Assert.That(Of(example).Allows("dynamodb:GetItem", table, ("dynamodb:LeadingKeys",
                $"{example.Config.State.Bucket}/{names.StateKey("base")}-md5")), Is.True);
            Assert.That(Of(example).Allows("dynamodb:GetItem", table, ("dynamodb:LeadingKeys",
                $"{example.Config.State.Bucket}/{names.BootstrapStateKey}-md5")), Is.False);
            Assert.That(Of(example).Allows("s3:GetObject", $"arn:aws:s3:::{example.Config.State.Bucket}/{names.StateKey("runtime")}"),
                Is.True);
            Assert.That(Of(example).Allows("s3:GetObject", $"arn:aws:s3:::{example.Config.State.Bucket}/{names.BootstrapStateKey}"),
                Is.False);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.WithGitHub)), Property("Finding", "B8"), Property("Row", "S10")]
    public void Plan_ReadsNoData(Example example)
    {
        string account = example.Config.Account;
        string region = example.Config.Region;
        string prefix = example.Environment.Names.Prefix;
        (string Action, string Resource)[] data =
        [
            ("logs:GetLogEvents", $"arn:aws:logs:{region}:{account}:log-group:/ecs/{prefix}-backend:log-stream:a"),
                ("logs:FilterLogEvents", $"arn:aws:logs:{region}:{account}:log-group:/ecs/{prefix}-backend"),
            ("logs:StartQuery", $"arn:aws:logs:{region}:{account}:log-group:/ecs/{prefix}-backend"), ("logs:StartLiveTail",
                $"arn:aws:logs:{region}:{account}:log-group:/ecs/{prefix}-backend"),
            ("sqs:ReceiveMessage", $"arn:aws:sqs:{region}:{account}:{prefix}-missed-turns"), ("rds:DownloadDBLogFilePortion",
                $"arn:aws:rds:{region}:{account}:db:{prefix}-db"),
            ("cognito-idp:DescribeUserPoolClient", $"arn:aws:cognito-idp:{region}:{account}:userpool/1"),
                ("cognito-idp:DescribeIdentityProvider", $"arn:aws:cognito-idp:{region}:{account}:userpool/1"),
            ("cognito-idp:ListUsers", $"arn:aws:cognito-idp:{region}:{account}:userpool/1"), ("xray:BatchGetTraces", "*"),
            ("bedrock-agentcore:ListEvents", $"arn:aws:bedrock-agentcore:{region}:{account}:memory/1"), ("ecr:GetDownloadUrlForLayer",
                $"arn:aws:ecr:{region}:{account}:repository/{prefix}"),
            ("s3:GetObject", $"arn:aws:s3:::{example.Environment.Names.Bucket("files")}/a"), ("dynamodb:GetItem",
                $"arn:aws:dynamodb:{region}:{account}:table/{prefix}-sessions"),
            ("secretsmanager:GetSecretValue",
                $"arn:aws:secretsmanager:{region}:{account}:secret:{example.Environment.Names.Secret("a")}"), ("kms:Decrypt",
                $"arn:aws:kms:{region}:{account}:key/1"),
        ];
        (string, string)[] tags = [("aws:ResourceTag/Project", example.Config.Project), ("aws:ResourceTag/Environment",
            example.Config.Name)];

        Assert.That(data.Where(request => Of(example).Allows(request.Action, request.Resource, tags)), Is.Empty);
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Finding", "B8")]
    public void NoRole_HasAPolicyOfAwsThatReadsEverything(Example example) =>
        Assert.That(example.Bootstrap.Json.ToString(), Does.Not.Contain("ReadOnlyAccess"));
}
