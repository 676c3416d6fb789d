using Infra.Insight;
using Infra.Policies.Rules;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Policies;

/// <summary>Rules about excessive permissions: full access, any role, the state, confused deputies.</summary>
internal sealed class PermissionRulesTests
{
    [TestCase("""{ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::files/*" }""", "")]
    [TestCase("""{ "Effect": "Deny", "Action": "*", "Resource": "*" }""", "")]
    [TestCase("""{ "Effect": "Allow", "Action": "*", "Resource": "*" }""", "allows every action of every service")]
    [TestCase("""{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }""", "allows s3:* on *")]
    [TestCase("""{ "Effect": "Allow", "NotAction": "iam:*", "Resource": "*" }""", "allows everything that it does not name")]
    public void NoFullAccess(string statement, string wrong) =>
        Assert.That(PolicySample.Wrong(PolicySample.Role<NoFullAccess>(statement)), Is.EqualTo(wrong));

    [TestCase("\"*\"", "", "allows everyone")]
    [TestCase("\"*\"", """, "Condition": { "StringEquals": { "aws:PrincipalAccount": "111111111111" } }""", "")]
    [TestCase("{ \"AWS\": \"*\" }", "", "allows everyone")]
    public void NoFullAccess_OfABucket(string principal, string condition, string wrong) => Assert.That(
        PolicySample.Wrong(PolicySample.Check<NoFullAccess>(
            "aws_s3_bucket_policy", "policy", $$"""{ "Effect": "Allow", "Principal": {{principal}}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::files/*" {{condition}} }""")),
        Is.EqualTo(wrong));

    [TestCase("arn:aws:iam::111111111111:role/shop-dev-*", "")]
    [TestCase("*", "may pass any role: *")]
    [TestCase("arn:aws:iam::111111111111:*", "may pass any role: arn:aws:iam::111111111111:*")]
    [TestCase("arn:aws:iam::111111111111:role/*", "may pass any role: arn:aws:iam::111111111111:role/*")]
    [Property("Finding", "B11")]
    public void PassRoleIsLimited(string role, string wrong) => Assert.That(
        PolicySample.Wrong(PolicySample.Role<PassRoleIsLimited>($$"""
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "{{role}}", "Condition": { "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } }
            """)),
        Is.EqualTo(wrong));

    [TestCase("iam:PassRole")]
    [TestCase("iam:*")]
    public void PassRoleIsLimited_ToServices(string action) => Assert.That(
        PolicySample.Wrong(PolicySample.Role<PassRoleIsLimited>($$"""{ "Effect": "Allow", "Action": "{{action}}", "Resource": "arn:aws:iam::111111111111:role/shop-*" }""")),
        Is.EqualTo("may pass roles to any service"));

    [TestCase("ecs-tasks.amazonaws.com", "", "ecs-tasks.amazonaws.com may act in this account for resources of any account")]
    [TestCase("ecs-tasks.amazonaws.com", """, "Condition": { "StringEquals": { "aws:SourceAccount": "111111111111" } }""", "")]
    [TestCase("ecs-tasks.amazonaws.com", """, "Condition": { "StringEqualsIfExists": { "aws:SourceAccount": "111111111111" } }""", "ecs-tasks.amazonaws.com may act in this account for resources of any account")]
    public void ServiceHasSource(string service, string condition, string wrong) => Assert.That(
        PolicySample.Wrong(PolicySample.Trust<ServiceHasSource>($$"""{ "Effect": "Allow", "Principal": { "Service": "{{service}}" }, "Action": "sts:AssumeRole" {{condition}} }""")),
        Is.EqualTo(wrong));

    [TestCase("arn:aws:s3:::files/AWSLogs/111111111111/*", "")]
    [TestCase("arn:aws:s3:::files/*",
        "logdelivery.elasticloadbalancing.amazonaws.com may act in this account for resources of any account")]
    [Property("Finding", "B16")]
    public void ServiceHasSource_LoadBalancersWriteBelowTheirAccount(string objects, string wrong) => Assert.That(
        PolicySample.Wrong(PolicySample.Check<ServiceHasSource>(
            "aws_s3_bucket_policy", "policy",
            $$"""{ "Effect": "Allow", "Principal": { "Service": "logdelivery.elasticloadbalancing.amazonaws.com" }, "Action": "s3:PutObject", "Resource": "{{objects}}" }""")),
        Is.EqualTo(wrong));

    [TestCase("""{ "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::shop-tfstate/shop/dev/base" }""", "")]
    [TestCase("""{ "Effect": "Allow", "Action": ["s3:GetBucketPolicy", "s3:ListBucket"], "Resource": "arn:aws:s3:::shop-*" }""", "")]
    [TestCase("""{ "Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::shop-files", "arn:aws:s3:::shop-files/*"] }""", "")]
    [TestCase("""{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::shop-tfstate/*" }""", "allows s3:PutObject on the state: arn:aws:s3:::shop-tfstate/shop/bootstrap\nallows s3:PutObject on the state: arn:aws:s3:::shop-tfstate/another-project/another-environment/base")]
    [TestCase("""{ "Effect": "Allow", "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::shop-*" }""", "allows s3:DeleteBucket on the state: arn:aws:s3:::shop-tfstate\nallows s3:DeleteBucket on the state: arn:aws:s3:::shop-tfstate-replica")]
    [TestCase("""{ "Effect": "Allow", "Action": "dynamodb:*", "Resource": "arn:aws:dynamodb:us-east-1:111111111111:*" }""", "allows dynamodb:BatchGetItem, dynamodb:UntagResource, dynamodb:PutResourcePolicy and * more on the state: arn:aws:dynamodb:(unknown):(unknown):table/shop-lock")]
    [TestCase("""{ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::shop-*" }, { "Effect": "Deny", "NotAction": "s3:ListBucket", "Resource": ["arn:aws:s3:::shop-tfstate*"] }""", "")]
    [Property("Finding", "B10")]
    public void StateIsProtected(string statements, string wrong)
    {
        string found = PolicySample.Wrong(
            new StateIsProtected().Check(new PolicySet([WithState(statements)], PolicyChecksTests.Reference)));

        // The number of a service's actions changes with AWS's reference.
        string shortened = System.Text.RegularExpressions.Regex.Replace(
            found,
            "dynamodb:.* and [0-9]+ more",
            "dynamodb:BatchGetItem, dynamodb:UntagResource, dynamodb:PutResourcePolicy and * more");
        Assert.That(shortened, Is.EqualTo(wrong));
    }

    private static StackJson WithState(string statements) => new("bootstrap", new JObject
    {
        ["terraform"] = JObject.Parse("""{ "backend": { "s3": { "bucket": "shop-tfstate", "key": "shop/bootstrap", "dynamodb_table": "shop-lock" } } }"""),
        ["resource"] = new JObject
        {
            ["aws_s3_bucket"] = JObject.Parse("""{ "state": { "bucket": "shop-tfstate" }, "replica": { "bucket": "shop-tfstate-replica" } }"""),
            ["aws_s3_bucket_replication_configuration"] = JObject.Parse("""
                { "state": { "bucket": "${aws_s3_bucket.state.id}", "rule": [{ "destination": { "bucket": "${aws_s3_bucket.replica.arn}" } }] } }
                """),
            ["aws_iam_role_policy"] = new JObject
            {
                ["apply"] = new JObject { ["role"] = "apply", ["policy"] = $$"""{ "Version": "2012-10-17", "Statement": [{{statements}}] }""" },
            },
        },
    });
}
