using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>Permissions of the role that applies, evaluated with all of its policies as in IAM.</summary>
internal sealed class ApplyPermissionsTests
{
    private static readonly Lazy<SynthesizedDeployment> Mixed = new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", """
        {
          "name": "dev", "project": "acme", "account": "111111111111", "region": "us-east-2", "disposable": true,
              "domain": { "name": "example.com" },
          "github": { "repository": "acme/infra" }, "buckets": { "files": {} }, "tables": { "sessions": { "partitionKey": "id:S" } },
          "services": { "web": { "port": 8000, "host": "www" }, "worker": { "calls": ["web"] } },
          "identity": { "callbackUrls": ["https://www.example.com/"] }, "schedule": { "timezone": "Europe/Berlin" }
        }
        """)));

    private static (string Key, string Value)[] Tags(string kind, string project = "acme", string environment = "dev") =>
        [($"aws:{kind}/Project", project), ($"aws:{kind}/Environment", environment)];

    private static IamEvaluator Apply => new(RolePolicies.Of(Mixed.Value.Bootstrap, "infra-dev-apply"));

    internal static string RoleOf(Example example) =>
        example.Config.GitHub is null ? $"pipeline-{example.Config.Name}-deploy" : $"infra-{example.Config.Name}-apply";

    private static IamEvaluator Of(Example example) => new(RolePolicies.Of(example.Bootstrap, RoleOf(example)));

    [TestCaseSource(typeof(Example), nameof(Example.WithServices)), Property("Finding", "B1")]
    public void Dashboards_WhoseArnsHaveNoRegion_MayBeWritten(Example example)
    {
        string dashboard =
            $"arn:aws:cloudwatch::{example.Config.Account}:dashboard/{example.Runtime.Single("aws_cloudwatch_dashboard")["dashboard_name"]}";

        Assert.Multiple(() =>
        {
            foreach (string action in new[] { "cloudwatch:PutDashboard", "cloudwatch:GetDashboard", "cloudwatch:DeleteDashboards" })
                Assert.That(Of(example).Allows(action, dashboard), Is.True, action);
        });
    }

    // Otherwise, taking one of the two away changes nothing, and the record of used permissions cannot tell which of them is needed.
    [TestCaseSource(typeof(Example), nameof(Example.All))]
    public void NoPermission_IsGrantedByTwoStatements(Example example)
    {
        JObject[] statements =
        [
            .. RolePolicies.Of(example.Bootstrap, RoleOf(example))
                .Where(statement => (string?)statement["Effect"] == "Allow" && statement["Action"] is not null),
        ];
        IEnumerable<string> twice =
            from statement in statements
            from action in Values(statement["Action"])
            let others = statements.Where(other => other != statement
                && Values(other["Action"]).Contains(action)
                && JToken.DeepEquals(other["Condition"], statement["Condition"]))
            where !Values(statement["Resource"]).Except(others.SelectMany(other => Values(other["Resource"]))).Any()
            select $"{statement["Sid"]} {action}";

        Assert.That(twice, Is.Empty);
    }

    private static IEnumerable<string> Values(JToken? one) => one is JArray many ? many.Values<string>().OfType<string>() : [(string)one!];

    // Cloud Map's tag actions have no resource-level permissions, and a change only sends the changed tags.
    [Test]
    public void TagsOfNamespaces_MayBeChanged_ButNotThoseThatSayWhoseTheyAre() => Assert.Multiple(() =>
    {
        Assert.That(Apply.Allows("servicediscovery:TagResource", "*", ("aws:RequestTag/CostCenter", "4711")), Is.True);
        Assert.That(
            Apply.Allows("servicediscovery:TagResource", "*", [.. Tags("RequestTag"), ("aws:RequestTag/CostCenter", "4711")]), Is.True);
        Assert.That(Apply.Allows("servicediscovery:TagResource", "*", Tags("RequestTag", environment: "prod")), Is.False);
        Assert.That(Apply.Allows("servicediscovery:TagResource", "*", ("aws:RequestTag/Project", "other")), Is.False);
    });

    [Test, Property("Finding", "B6")]
    public void ResourcesOfOthers_AreOutOfReach()
    {
        (string Action, string Resource, (string, string)[] Keys)[] foreign =
        [
            ("codebuild:UpdateProject", "arn:aws:codebuild:us-east-2:111111111111:project/legacy", []),
            ("codebuild:StartBuild", "arn:aws:codebuild:us-east-2:111111111111:project/legacy", []),
            ("cloudformation:UpdateStack", "arn:aws:cloudformation:us-east-2:111111111111:stack/legacy/1", []),
            ("ssm:SendCommand", "arn:aws:ec2:us-east-2:111111111111:instance/i-1", []),
            ("ssm:SendCommand", "arn:aws:ssm:us-east-2::document/AWS-RunShellScript", []),
            ("ssm:StartSession", "arn:aws:ec2:us-east-2:111111111111:instance/i-1", []),
            ("ssm:PutParameter", "arn:aws:ssm:us-east-2:111111111111:parameter/prod/acme/releases/web", []),
            ("ecs:UpdateService", "arn:aws:ecs:us-east-2:111111111111:service/acme-prod/acme-prod-web", []),
            ("rds:DeleteDBInstance", "arn:aws:rds:us-east-2:111111111111:db:acme-prod-db", []),
            ("dynamodb:DeleteTable", "arn:aws:dynamodb:us-east-2:111111111111:table/acme-prod-sessions", []),
            ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-2:111111111111:secret:prod/acme/database-url-a1b2c3", []),
            ("ec2:DeleteVpc", "arn:aws:ec2:us-east-2:111111111111:vpc/vpc-1", Tags("ResourceTag", environment: "prod")),
            ("ec2:DeleteVpc", "arn:aws:ec2:us-east-2:111111111111:vpc/vpc-1", []),
            ("ec2:CreateSubnet", "arn:aws:ec2:us-east-2:111111111111:vpc/vpc-1", Tags("ResourceTag", environment: "prod")),
            ("ec2:CreateTags", "arn:aws:ec2:us-east-2:111111111111:vpc/vpc-1", [.. Tags("RequestTag"),
                .. Tags("ResourceTag", environment: "prod")]),
            ("ec2:CreateVpc", "arn:aws:ec2:us-east-2:111111111111:vpc/*", Tags("RequestTag", environment: "prod")),
            ("ec2:TerminateInstances", "arn:aws:ec2:us-east-2:111111111111:instance/i-1", Tags("ResourceTag", project: "other")),
            ("kms:PutKeyPolicy", "arn:aws:kms:us-east-2:111111111111:key/1", Tags("ResourceTag", environment: "prod")),
            ("kms:TagResource", "arn:aws:kms:us-east-2:111111111111:key/1", [.. Tags("RequestTag"),
                .. Tags("ResourceTag", environment: "prod")]),
            ("cognito-idp:DeleteUserPool", "arn:aws:cognito-idp:us-east-2:111111111111:userpool/us-east-2_1", Tags("ResourceTag",
                environment: "prod")),
            ("acm:DeleteCertificate", "arn:aws:acm:us-east-2:111111111111:certificate/1", Tags("ResourceTag", environment: "prod")),
            ("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z1",
                [("route53:ChangeResourceRecordSetsNormalizedRecordNames", "www.other.com")]),
            ("s3:PutBucketPolicy", "arn:aws:s3:::acme-files-prod-111111111111", []),
            ("iam:CreateRole", "arn:aws:iam::111111111111:role/acme-prod-web-task",
                [("iam:PermissionsBoundary", "arn:aws:iam::111111111111:policy/acme-boundary")]),
        ];

        Assert.That(foreign.Where(request => Apply.Allows(request.Action, request.Resource, request.Keys)).Select(request =>
            $"{request.Action} {request.Resource}"), Is.Empty);
    }

    [Test, Property("Finding", "B6"), Property("Finding", "B13"), Property("Finding", "B15")]
    public void OwnResources_MayBeCreatedAndChanged()
    {
        (string Action, string Resource, (string, string)[] Keys)[] own =
        [
            ("ec2:CreateVpc", "arn:aws:ec2:us-east-2:111111111111:vpc/*", Tags("RequestTag")),
            ("ec2:CreateTags", "arn:aws:ec2:us-east-2:111111111111:vpc/vpc-1", [.. Tags("RequestTag"), ("ec2:CreateAction", "CreateVpc")]),
            ("ec2:CreateSubnet", "arn:aws:ec2:us-east-2:111111111111:subnet/*", Tags("RequestTag")),
            ("ec2:CreateSubnet", "arn:aws:ec2:us-east-2:111111111111:vpc/vpc-1", Tags("ResourceTag")),
            ("ec2:DeleteVpc", "arn:aws:ec2:us-east-2:111111111111:vpc/vpc-1", Tags("ResourceTag")),
            ("ec2:CreateTags", "arn:aws:ec2:us-east-2:111111111111:security-group/sg-default", Tags("RequestTag")),
            ("ecs:CreateCluster", "arn:aws:ecs:us-east-2:111111111111:cluster/acme-dev", []),
            ("ecs:RegisterTaskDefinition", "arn:aws:ecs:us-east-2:111111111111:task-definition/acme-dev-web:*", []),
            ("servicediscovery:CreateHttpNamespace", "*", Tags("RequestTag")),
            ("servicediscovery:TagResource", "*", Tags("RequestTag")),
            ("servicediscovery:UntagResource", "*", []),
            ("cognito-idp:CreateUserPool", "*", Tags("RequestTag")),
            ("cognito-idp:CreateUserPoolDomain", "arn:aws:cognito-idp:us-east-2:111111111111:userpool/us-east-2_1", Tags("ResourceTag")),
            ("cognito-idp:DeleteUserPoolDomain", "arn:aws:cognito-idp:us-east-2:111111111111:userpool/us-east-2_1", Tags("ResourceTag")),
            ("route53:AssociateVPCWithHostedZone", "arn:aws:route53:::hostedzone/Z1", []),
            ("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z1",
                [("route53:ChangeResourceRecordSetsNormalizedRecordNames", "_a1.example.com")]),
            ("kms:CreateKey", "*", Tags("RequestTag")),
            ("dynamodb:CreateTable", "arn:aws:dynamodb:us-east-2:111111111111:table/acme-dev-sessions", []),
            ("iam:PassRole", "arn:aws:iam::111111111111:role/acme-dev-web-task", [("iam:PassedToService", "ecs-tasks.amazonaws.com")]),
        ];

        Assert.That(own.Where(request => !Apply.Allows(request.Action, request.Resource, request.Keys)).Select(request =>
            $"{request.Action} {request.Resource}"), Is.Empty);
    }

    [Test, Property("Finding", "B7")]
    public void DeploymentOfRuntime_IsStoredForTheSchedule_AndDisposableBucketsAreEmptied()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Apply.Allows("s3:PutObject", $"arn:aws:s3:::acme-deployments-dev-111111111111/{Names.StoredDeployment}"), Is.True);
            foreach (JObject bucket in Mixed.Value.Base.Ids("aws_s3_bucket").Select(id => Mixed.Value.Base.Resource("aws_s3_bucket", id)))
            {
                string arn = $"arn:aws:s3:::{bucket["bucket"]}";
                Assert.That(Apply.Allows("s3:ListBucketVersions", arn), Is.True, arn);
                Assert.That(Apply.Allows("s3:DeleteObject", $"{arn}/a") && Apply.Allows("s3:DeleteObjectVersion", $"{arn}/a"), Is.True,
                    arn);
            }
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.Kept)), Property("Finding", "B7")]
    public void Buckets_ThatAreNotDisposable_AreNeverEmptied(Example example) =>
        Assert.That(
            example.Base.Ids("aws_s3_bucket").Select(id => $"arn:aws:s3:::{example.Base.Resource("aws_s3_bucket", id)["bucket"]}/a")
                .Where(item => Of(example).Allows("s3:DeleteObjectVersion", item) || Of(example).Allows("s3:DeleteObject", item)),
            Is.Empty);

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Finding", "B10"), Property("Finding", "B6"), Property("Row", "S15")]
    public void State_OfOthersAndTheBucketItself_AreOutOfReach(Example example)
    {
        string bucket = $"arn:aws:s3:::{example.Config.State.Bucket}";
        string table = $"arn:aws:dynamodb:{example.Config.Region}:{example.Config.Account}:table/{example.Config.State.LockTable}";
        Names names = example.Environment.Names;
        string own = names.StateKey("base");
        (string, string) LockOf(string id) => ("dynamodb:LeadingKeys", id);
        IamEvaluator apply = Of(example);

        Assert.Multiple(() =>
        {
            foreach (string action in AuthorizationData.Changing("s3", "bucket").Where(action => action != "s3:ListBucket"))
                Assert.That(apply.Allows(action, bucket), Is.False, action);
            foreach (string action in AuthorizationData.Changing("dynamodb", "table").Except(["dynamodb:DeleteItem", "dynamodb:PutItem"]))
                Assert.That(apply.Allows(action, table), Is.False, action);
            foreach (string other in new[] { names.BootstrapStateKey, $"{names.Project}/other/base", names.PipelineStateKey })
            {
                Assert.That(apply.Allows("s3:GetObject", $"{bucket}/{other}") || apply.Allows("s3:PutObject", $"{bucket}/{other}"),
                    Is.False, other);
                Assert.That(apply.Allows("dynamodb:PutItem", table, LockOf($"{example.Config.State.Bucket}/{other}")), Is.False, other);
            }

            Assert.That(apply.Allows("s3:DeleteObject", $"{bucket}/{own}") || apply.Allows("s3:DeleteObjectVersion", $"{bucket}/{own}"),
                Is.False);
            Assert.That(apply.Allows("s3:ListBucket", bucket), Is.True);
            Assert.That(apply.Allows("s3:GetObject", $"{bucket}/{own}") && apply.Allows("s3:PutObject", $"{bucket}/{own}"), Is.True);
            Assert.That(apply.Allows("s3:PutObject", $"{bucket}/{own}.tflock") && apply.Allows("s3:DeleteObject",
                $"{bucket}/{own}.tflock"), Is.True);
            Assert.That(apply.Allows("dynamodb:PutItem", table, LockOf($"{example.Config.State.Bucket}/{own}-md5")), Is.True);
            Assert.That(apply.Allows("dynamodb:DeleteItem", table, LockOf(names.ReleaseLock("web"))), Is.True);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Finding", "B16"), Property("Row", "S10")]
    public void InfraRolesAndPolicies_CannotBeChanged_ByAnyAction(Example example)
    {
        IamEvaluator apply = Of(example);
        string account = $"arn:aws:iam::{example.Config.Account}";
        (string, string) bounded = ("iam:PermissionsBoundary", $"{account}:policy/{example.Config.Project}-boundary");
        (string Type, string[] Arns)[] chains =
        [
            ("role", [.. example.Bootstrap.Ids("aws_iam_role").Select(id =>
                $"{account}:role/{example.Bootstrap.Resource("aws_iam_role", id)["name"]}")]),
            ("policy", [.. example.Bootstrap.Ids("aws_iam_policy").Select(id =>
                $"{account}:policy/{example.Bootstrap.Resource("aws_iam_policy", id)["name"]}")]),
            ("oidc-provider", [$"{account}:oidc-provider/token.actions.githubusercontent.com"]),
        ];

        Assert.That(
            from chain in chains
            from action in AuthorizationData.Changing("iam", chain.Type)
            where action != "iam:PassRole"
            from arn in chain.Arns
            where apply.Allows(action, arn, bounded)
            select $"{action} {arn}",
            Is.Empty);
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Finding", "B6"), Property("Finding", "B18")]
    public void Policies_FitIntoIamsQuotas(Example example)
    {
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
        const int MostInline = 10_240;
        const int MostManaged = 6_144;
        const int MostAttached = 10;
        static int Size(string policy) => policy.Count(character => !char.IsWhiteSpace(character));

        Assert.Multiple(() =>
        {
            foreach (string role in example.Bootstrap.Ids("aws_iam_role"))
            {
                (IReadOnlyList<string> inline, IReadOnlyList<string> managed) = RolePolicies.TextsOf(example.Bootstrap, role);
                Assert.That(inline.Sum(Size), Is.LessThanOrEqualTo(MostInline), role);
                Assert.That(managed.Count, Is.LessThanOrEqualTo(MostAttached), role);
                Assert.That(managed.Select(Size), Is.All.LessThanOrEqualTo(MostManaged), role);
            }
        });
    }
}
