using Infra.Policies.Rules;
using NUnit.Framework;

namespace Infra.Tests.Policies;

/// <summary>Rules about actions and resources.</summary>
internal sealed class ActionRulesTests
{
    [TestCase("s3:GetObject", "")]
    [TestCase("S3:getobject", "")]
    [TestCase("kms:GenerateDataKey*", "")]
    [TestCase("s3:GetObjects", "s3:GetObjects is not an action of AWS")]
    [TestCase("ecs:Runtask*s", "ecs:Runtask*s is not an action of AWS")]
    [TestCase("nosuchservice:Get", "nosuchservice:Get is not an action of AWS")]
    public void ActionExists(string action, string wrong) =>
        Assert.That(
            PolicySample.Wrong(PolicySample.Role<ActionExists>($$"""{ "Effect": "Allow", "Action": "{{action}}", "Resource": "*" }""")),
            Is.EqualTo(wrong));

    [Test]
    public void ActionExists_SuggestsTheClosestMatch() => Assert.That(
        PolicySample.Role<ActionExists>("""{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObjects", "Resource": "*" }""").Single(),
        Has.Property("Allowed")
            .Contains("s3:GetObject,").And.Property("Sid")
            .EqualTo("Read").And.Property("Address")
            .EqualTo("aws_iam_role_policy.sample"));

    [TestCase("""[ "s3:GetObject" ]""", """[ "arn:aws:s3:::files/*" ]""", "", TestName = "Object_OfABucket")]
    [TestCase("""[ "s3:ListBucket", "s3:GetObject" ]""", """[ "arn:aws:s3:::files", "arn:aws:s3:::files/*" ]""", "",
        TestName = "BucketAndItsObjects")]
    [TestCase(
        """[ "s3:ListBucket" ]""", """[ "arn:aws:s3:::files/*" ]""",
        "s3:ListBucket applies to none of arn:aws:s3:::files/*\nno action of the statement applies to arn:aws:s3:::files/*",
        TestName = "Objects_AreNotListed")]
    [TestCase("""[ "dynamodb:DeleteTable" ]""", """[ "arn:aws:dynamodb:us-east-1:111111111111:table/t" ]""", "", TestName = "Table")]
    [TestCase(
        """[ "dynamodb:GetItem" ]""", """[ "arn:aws:dynamodb:us-east-1:111111111111:table/t", "arn:aws:sqs:us-east-1:111111111111:q" ]""",
        "no action of the statement applies to arn:aws:sqs:us-east-1:111111111111:q", TestName = "ResourceOfAnotherService")]
    [TestCase(
        """[ "iam:CreateServiceLinkedRole" ]""", """[ "arn:aws:iam:us-east-1:111111111111:role/aws-service-role/*" ]""",
        "iam:CreateServiceLinkedRole applies to none of arn:aws:iam:us-east-1:111111111111:role/aws-service-role/*\nno action of the "
            + "statement applies to arn:aws:iam:us-east-1:111111111111:role/aws-service-role/*", TestName = "Role_HasNoRegion")]
    [TestCase(
        """[ "codeconnections:UseConnection", "codestar-connections:UseConnection" ]""",
        """[ "arn:aws:codeconnections:us-east-1:111111111111:connection/c" ]""",
        "codestar-connections:UseConnection applies to none of arn:aws:codeconnections:us-east-1:111111111111:connection/c",
        TestName = "ActionOfTheEarlierService")]
    [TestCase("""[ "sqs:SendMessage" ]""", """[ "my-queue" ]""", "my-queue is not an ARN", TestName = "NoArn")]
    public void ResourceFitsAction(string actions, string resources, string wrong) =>
        Assert.That(
            PolicySample.Wrong(
                PolicySample.Role<ResourceFitsAction>($$"""{ "Effect": "Allow", "Action": {{actions}}, "Resource": {{resources}} }""")),
                Is.EqualTo(wrong));

    [Test, Property("Finding", "B17")]
    public void ActionWithoutResource_IsAllowedOnlyOnEverything() => Assert.Multiple(() =>
    {
        Assert.That(
            PolicySample.Wrong(
                PolicySample.Role<ResourceFitsAction>(
                    """{ "Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": "arn:aws:logs:us-east-1:111111111111:log-group:*" }""")),
            Is.EqualTo(
                "logs:DescribeLogGroups does not support resource-level permissions, so arn:aws:logs:us-east-1:111111111111:log-group:* "
                    + "never matches"));
        Assert.That(PolicySample.Role<ResourceFitsAction>("""{ "Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": "*" }"""),
            Is.Empty);
    });

    [Test, Property("Finding", "B1")]
    public void WholeService_OnARegion_MissesGlobalResources()
    {
        const string regional =
            """{ "Effect": "Allow", "Action": "cloudwatch:*", "Resource": "arn:aws:cloudwatch:us-east-1:111111111111:*" }""";
        const string dashboards =
            """{ "Effect": "Allow", "Action": "cloudwatch:*", "Resource": "arn:aws:cloudwatch::111111111111:dashboard/*" }""";
        Assert.Multiple(() =>
        {
            Assert.That(
                PolicySample.Wrong(PolicySample.Role<ResourceFitsAction>(regional)),
                Does.Match("cloudwatch:\\* includes cloudwatch:.*Dashboard.*, and no resource can be a dashboard"));
            Assert.That(PolicySample.Role<ResourceFitsAction>($"{regional}, {dashboards}"), Is.Empty);
        });
    }

    [Test]
    public void PolicyOfABucket_NamesThatBucket() => Assert.That(
        PolicySample.Wrong(PolicySample.Check<ResourceFitsAction>(
            "aws_s3_bucket_policy", "policy",
            """{ "Effect": "Allow", "Principal": { "AWS": "111111111111" }, "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::files/*", "arn:aws:s3:::others/*"] }""")),
        Is.EqualTo("arn:aws:s3:::others/* is not the resource that the policy is attached to"));

    [Test]
    public void Reference_ToAnotherResource_IsItsArn()
    {
        const string repository = """{ "aws_ecr_repository": { "app": { "name": "shop/app" } } }""";
        string Of(string action) => PolicySample.Wrong(PolicySample.Check<ResourceFitsAction>(
            "aws_iam_role_policy", "policy",
            $$"""{ "Effect": "Allow", "Action": "{{action}}", "Resource": "${aws_ecr_repository.app.arn}" }""", repository));
        Assert.Multiple(() =>
        {
            Assert.That(Of("ecr:PutImage"), Is.Empty);
            Assert.That(
                Of("sns:Publish"), Does.StartWith("sns:Publish applies to none of arn:aws:ecr:(unknown):(unknown):repository/shop/app"));
        });
    }

    [TestCase("""{ "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*" }""", "")]
    [TestCase("""{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::*" }""", "")]
    [TestCase(
        """{ "Effect": "Allow", "Action": "ecs:StopTask", "Resource": "*", "Condition": { "ArnEquals": { "ecs:cluster": "arn:aws:ecs:us-east-1:111111111111:cluster/c" } } }""", "")]
    [TestCase("""{ "Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*" }""", "")]
    [TestCase("""{ "Effect": "Allow", "Action": "ecs:RegisterTaskDefinition", "Resource": "*" }""",
        "ecs:RegisterTaskDefinition on *, although it supports resource-level permissions")]
    [TestCase(
        """{ "Effect": "Allow", "Action": "kms:GenerateDataKey*", "Resource": "*" }""",
        "kms:GenerateDataKey*, which includes kms:GenerateDataKey, kms:GenerateDataKeyPair and 2 more, on *, although it supports "
            + "resource-level permissions")]
    [Property("Finding", "B13")]
    public void WildcardResource(string statement, string wrong) =>
        Assert.That(PolicySample.Wrong(PolicySample.Role<WildcardResource>(statement)), Is.EqualTo(wrong));
}
