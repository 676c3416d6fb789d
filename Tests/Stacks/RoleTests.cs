using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>Properties of every policy and every role of every environment.</summary>
internal sealed class RoleTests
{
    private const int OneHourSeconds = 3600;

    private static IReadOnlyList<PolicyStatement> Statements(Example example, string stack)
    {
        IReadOnlyList<PolicyStatement> statements = PolicyStatement.Of(example.Deployment[stack]);
        Assert.That(statements, stack == "runtime" ? Is.Empty : Is.Not.Empty, "base and bootstrap have policies; runtime has none");
        return statements;
    }

    private static IEnumerable<JProperty> Roles(SynthesizedStack stack) => ((JObject)stack.Json["resource"]!["aws_iam_role"]!).Properties();

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S10")]
    public void NoStatement_AllowsAllActionsOnAllResources(Example example, string stack) =>
        Assert.That(
            Statements(example, stack).Where(statement => statement.Allows && statement.IsOfIdentity
                && statement.Resources.Contains("*")
                && statement.Actions.Any(action => action == "*" || action.EndsWith(":*", StringComparison.Ordinal))),
            Is.Empty);

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S10")]
    public void NoStatement_AllowsWhatItDoesNotName(Example example, string stack) =>
        Assert.That(
            Statements(example, stack).Where(statement => statement.Allows
                && (statement.Json["NotAction"] is not null
                    || statement.Json["NotResource"] is not null
                    || statement.Json["NotPrincipal"] is not null)),
            Is.Empty);

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S10")]
    public void WildcardResources_AreForActionsWithoutResourceLevelPermissions(Example example, string stack)
    {
        // Its resource is a container instance, which Fargate does not have: the condition on the cluster limits it. The only resource type
        // of these is a dataset, which does not contain these metrics.
        string[] confinedOtherwise = ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "cloudwatch:PutMetricData", "ecs:ListTasks"];

        Assert.That(
            Statements(example, stack)
                // A boundary only limits; the roles' own policies name the resources.
                .Where(statement =>
                    statement.Allows && statement.IsOfIdentity && statement.Id != "boundary" && statement.Resources.Contains("*"))
                .SelectMany(statement => statement.Actions.Except(confinedOtherwise)
                    .Where(action => !AuthorizationData.KnowsNoResource(action)).Select(action => $"{statement.Id}: {action}")),
            Is.Empty);
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S10")]
    public void Trust_InAService_IsForThisAccount(Example example, string stack) =>
        Assert.That(
            Statements(example, stack).Where(statement => statement.IsTrust && statement.Services.Count > 0
                && !statement.ConditionKeys.Contains("aws:sourceaccount") && !statement.ConditionKeys.Contains("aws:sourcearn")),
            Is.Empty);

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S10"), Property("Row", "S12")]
    public void Services_WriteToBucketsAndTopics_OnlyForThisAccount(Example example, string stack) =>
        Assert.That(
            Statements(example, stack).Where(statement => statement.Allows && !statement.IsTrust && statement.Services.Count > 0
                && !statement.ConditionKeys.Contains("aws:sourceaccount")
                && !statement.ConditionKeys.Contains("aws:sourcearn")
                // A log group's ARN contains the account.
                && !statement.ConditionKeys.Contains("kms:encryptioncontext:aws:logs:arn")
                // Load balancers of an account write only below a folder with its id.
                && !statement.Resources.All(resource => resource.EndsWith($"/AWSLogs/{example.Config.Account}/*", StringComparison.Ordinal))
                && !statement.IsOfEventBridgeToATopic),
            Is.Empty);

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Finding", "A1")]
    public void EventBridge_PublishesToTopics_WithoutAnyCondition(Example example, string stack) =>
        Assert.That(
            Statements(example, stack).Where(statement => statement.IsOfEventBridgeToATopic && statement.Json["Condition"] is not null),
            Is.Empty);

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S10"), Property("Row", "H1"), Property("Row", "T7")]
    public void Trust_InGitHub_IsExact_AndOnlyForTheRepository(Example example, string stack)
    {
        foreach (PolicyStatement statement
            in Statements(example, stack).Where(statement => statement.IsTrust && statement.Json["Principal"]!["Federated"] is not null))
        {
            JToken condition = statement.Json["Condition"]!["StringEquals"]!;
            Assert.Multiple(() =>
            {
                Assert.That(
                    (string?)statement.Json["Principal"]!["Federated"], Does.EndWith(":oidc-provider/token.actions.githubusercontent.com"));
                Assert.That(((JObject)statement.Json["Condition"]!).Count, Is.EqualTo(1), $"{statement}");
                Assert.That((string?)condition["token.actions.githubusercontent.com:aud"], Is.EqualTo("sts.amazonaws.com"));
                JToken subjects = condition["token.actions.githubusercontent.com:sub"]!;
                foreach (string? subject in subjects is JArray many ? many.Values<string>() : [(string?)subjects])
                    Assert.That(subject, Does.StartWith($"repo:{example.Config.GitHub!.Repository}:").And.Not.Contains("*"));
            });
        }
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S10"), Property("Row", "L4")]
    public void Trust_InAnotherAccount_IsInOneRoleThere(Example example, string stack)
    {
        foreach (PolicyStatement statement
            in Statements(example, stack).Where(statement => statement.IsTrust && statement.Json["Principal"]!["AWS"] is not null
                && (string?)statement.Json["Principal"]!["AWS"] != $"arn:aws:iam::{example.Config.Account}:root"))
        {
            string account = example.Environment.DeployedFrom!.Config.Account;
            Assert.Multiple(() =>
            {
                Assert.That((string?)statement.Json["Principal"]!["AWS"], Is.EqualTo($"arn:aws:iam::{account}:root"));
                Assert.That((string?)statement.Json["Condition"]!["ArnEquals"]!["aws:PrincipalArn"],
                    Does.StartWith($"arn:aws:iam::{account}:role/").And.Not.Contains("*"));
            });
        }
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S10"), Property("Row", "P-L4")]
    public void Trust_InTheAccountItself_IsInThePeopleOfTheFile_WithMfa(Example example, string stack)
    {
        PolicyStatement[] own =
        [
            .. Statements(example, stack).Where(statement => statement.IsTrust
                && (string?)statement.Json["Principal"]!["AWS"] == $"arn:aws:iam::{example.Config.Account}:root"),
        ];
        string[] people = stack == "base" ? [.. example.Config.GitHub?.LocalDelivery?.Principals ?? []] : [];
        Assert.That(own.Select(statement => (string?)statement.Json["Condition"]!["ArnLike"]!["aws:PrincipalArn"]), Is.EqualTo(people));
        Assert.That(own.Select(statement => (string?)statement.Json["Condition"]!["Bool"]!["aws:MultiFactorAuthPresent"]),
            Is.All.EqualTo("true"));
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void Roles_OfBase_StayInsideTheBoundary(Example example)
    {
        string boundary = $"arn:aws:iam::{example.Config.Account}:policy/{example.Config.Project}-boundary";

        Assert.Multiple(() =>
        {
            Assert.That((string?)example.Bootstrap.Resource("aws_iam_policy", "boundary")["name"],
                Is.EqualTo($"{example.Config.Project}-boundary"));
            foreach (JProperty role in Roles(example.Base))
                Assert.That((string?)role.Value["permissions_boundary"], Is.EqualTo(boundary), role.Name);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void Roles_HaveShortSessions(Example example)
    {
        Assert.Multiple(() =>
        {
            foreach (JProperty role in Roles(example.Base).Concat(Roles(example.Bootstrap)))
                Assert.That((int?)role.Value["max_session_duration"], Is.EqualTo(OneHourSeconds), role.Name);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void Boundary_AllowsWhatEveryRoleNeeds(Example example)
    {
        PolicyStatement[] boundary =
            [.. PolicyStatement.Of(example.Bootstrap).Where(statement => statement is { Type: "aws_iam_policy", Id: "boundary" })];
        IEnumerable<string> refused =
            from statement in PolicyStatement.Of(example.Base)
            where statement.Allows && statement.Type == "aws_iam_role_policy"
            from action in statement.Actions
            where !boundary.Any(limit => limit.Allows && limit.Names(action))
            select $"{statement.Id}: {action}";

        Assert.That(refused, Is.Empty, "allowed by a role, and taken away again by the boundary");
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void Boundary_AllowsPassingRolesOnlyToTasks(Example example)
    {
        PolicyStatement passing = PolicyStatement.Of(example.Bootstrap)
            .Single(statement => statement is { Type: "aws_iam_policy", Id: "boundary" } && statement.Names("iam:PassRole"));

        Assert.That((string?)passing.Json["Condition"]!["StringEquals"]!["iam:PassedToService"], Is.EqualTo("ecs-tasks.amazonaws.com"));
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10"), Property("Finding", "B11")]
    public void Boundary_AllowsPassingOnlyRolesOfTheProject(Example example)
    {
        PolicyStatement passing = PolicyStatement.Of(example.Bootstrap)
            .Single(statement => statement is { Type: "aws_iam_policy", Id: "boundary" } && statement.Names("iam:PassRole"));
        string account = $"arn:aws:iam::{example.Config.Account}:role/";

        Assert.Multiple(() =>
        {
            Assert.That(passing.Resources, Does.Contain($"{account}{example.Environment.Names.Prefix}-*"));
            Assert.That(passing.Resources.Select(role => role[account.Length..]), Is.All.Contains(example.Config.Project));
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void Boundary_FitsIntoAPolicy(Example example)
    {
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
        const int MostCharacters = 6144;
        string policy = (string)example.Bootstrap.Resource("aws_iam_policy", "boundary")["policy"]!;

        Assert.That(policy.Count(character => !char.IsWhiteSpace(character)), Is.LessThanOrEqualTo(MostCharacters));
    }
}
