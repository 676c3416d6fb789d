using Infra.Policies.Rules;
using NUnit.Framework;

namespace Infra.Tests.Policies;

/// <summary>Rules about conditions: existing keys, matching operators, services that a condition would deny.</summary>
internal sealed class ConditionRulesTests
{
    private const string EncryptedTopic = """{ "aws_sns_topic": { "alerts": { "kms_master_key_id": "${aws_kms_key.sample.arn}" } } }""";

    private static string Allow(string action, string condition) =>
        $$"""{ "Effect": "Allow", "Action": {{action}}, "Resource": "*", "Condition": {{condition}} }""";

    [TestCase("\"iam:PassRole\"", """{ "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }""", "")]
    [TestCase("\"s3:GetObject\"", """{ "Bool": { "AWS:SecureTransport": "true" } }""", "")]
    [TestCase("\"s3:GetObject\"", """{ "StringEquals": { "s3:ExistingObjectTag/Team": "a" } }""", "")]
    [TestCase("\"ecs:RunTask\"", """{ "ArnEquals": { "ecs:cluster": "arn:aws:ecs:us-east-1:111111111111:cluster/c" } }""", "")]
    [TestCase("\"kms:Decrypt\"", """{ "StringEquals": { "kms:EncryptionContext:project": "shop" } }""", "")]
    [TestCase("\"kms:Decrypt\"", """{ "StringEquals": { "aws:ResourceTag/Project": "shop" } }""", "")]
    [TestCase(
        "[ \"dynamodb:GetItem\", \"dynamodb:DescribeTable\" ]", """{ "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "a" } }""", "")]
    [TestCase("[ \"dynamodb:GetItem\", \"dynamodb:DescribeTable\" ]", """{ "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": "a" } }""",
        "requests for dynamodb:DescribeTable have no key dynamodb:LeadingKeys")]
    [TestCase("\"s3:GetObject\"", """{ "StringEquals": { "s3:prefix": "a" } }""", "requests for s3:GetObject have no key s3:prefix")]
    [TestCase("\"ecs:DescribeTaskDefinition\"", """{ "StringEquals": { "aws:ResourceTag/Project": "shop" } }""",
        "requests for ecs:DescribeTaskDefinition have no key aws:ResourceTag/Project")]
    [TestCase("\"s3:GetObject\"", """{ "StringEquals": { "aws:SourceAcount": "1" } }""",
        "requests for s3:GetObject have no key aws:SourceAcount")]
    [TestCase("\"s3:GetObject\"", """{ "StringEquals": { "aws:SourceAccount": "111111111111" } }""",
        "aws:SourceAccount is not in requests that the role sends itself")]
    public void ConditionKeyExists(string action, string condition, string wrong) =>
        Assert.That(PolicySample.Wrong(PolicySample.Role<ConditionKeyExists>(Allow(action, condition))), Is.EqualTo(wrong));

    [TestCase("token.actions.githubusercontent.com:sub", "")]
    [TestCase("token.actions.githubusercontent.com:job_workflow_ref", "")]
    [TestCase("token.actions.githubusercontent.com:branch",
        "requests for sts:AssumeRoleWithWebIdentity have no key token.actions.githubusercontent.com:branch")]
    [TestCase("gitlab.example.com:sub", "requests for sts:AssumeRoleWithWebIdentity have no key gitlab.example.com:sub")]
    public void ConditionKeyExists_ClaimsOfTokens_AreThoseOfTheProvider(string key, string wrong) => Assert.That(
        PolicySample.Wrong(PolicySample.Trust<ConditionKeyExists>($$"""
            {
              "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
              "Principal": { "Federated": "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" },
              "Condition": { "StringEquals": { "{{key}}": "a" } }
            }
            """)),
        Is.EqualTo(wrong));

    [TestCase("\"s3:GetObject\"", """{ "Bool": { "aws:SecureTransport": "true" } }""", "")]
    [TestCase("\"s3:GetObject\"", """{ "StringLikeIfExists": { "aws:PrincipalArn": "arn:*" } }""", "")]
    [TestCase("\"s3:GetObject\"", """{ "Null": { "aws:TagKeys": "true" } }""", "")]
    [TestCase("\"kms:Decrypt\"",
        """{ "ArnLike": { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111111111111:log-group:*" } }""", "")]
    [TestCase("\"s3:GetObject\"", """{ "StringEquals": { "aws:SecureTransport": "true" } }""",
        "StringEquals does not compare aws:SecureTransport, which is of type Bool")]
    [TestCase("\"s3:GetObject\"", """{ "ArnLike": { "aws:PrincipalAccount": "111111111111" } }""",
        "ArnLike does not compare aws:PrincipalAccount, which is of type String")]
    [TestCase("\"s3:GetObject\"", """{ "StringMatches": { "aws:PrincipalAccount": "1" } }""", "StringMatches is not a condition operator")]
    [TestCase("\"dynamodb:GetItem\"", """{ "StringEquals": { "dynamodb:LeadingKeys": "a" } }""",
        "dynamodb:LeadingKeys has many values, and StringEquals compares one")]
    [TestCase(
        "\"s3:GetObject\"", """{ "ForAllValues:StringEquals": { "aws:PrincipalAccount": "1" } }""",
        "aws:PrincipalAccount has one value, and ForAllValues:StringEquals compares a set; ForAllValues is true for a request without "
            + "the key")]
    public void ConditionOperatorFits(string action, string condition, string wrong) =>
        Assert.That(PolicySample.Wrong(PolicySample.Role<ConditionOperatorFits>(Allow(action, condition))), Is.EqualTo(wrong));

    [TestCase("events.amazonaws.com",
        "events.amazonaws.com is denied by aws:SourceAccount: EventBridge uses the key of an encrypted topic without a source")]
    [TestCase("cloudwatch.amazonaws.com", "")]
    [Property("Finding", "A1")]
    public void ConditionSupported_InTheKeyOfATopic(string service, string wrong) =>
        Assert.That(
            PolicySample.Wrong(
                PolicySample.Check<ConditionSupported>("aws_kms_key", "policy", Service(service, "kms:Decrypt"), EncryptedTopic)),
                Is.EqualTo(wrong));

    [Test, Property("Finding", "A1")]
    public void ConditionSupported_InAKeyOfSomethingElse_AConditionIsRight() =>
        Assert.That(
            PolicySample.Check<ConditionSupported>("aws_kms_key", "policy", Service("events.amazonaws.com", "kms:Decrypt")), Is.Empty);

    [Test, Property("Finding", "A1")]
    public void ConditionSupported_InTheTopic() => Assert.That(
        PolicySample.Wrong(
            PolicySample.Check<ConditionSupported>("aws_sns_topic_policy", "policy", Service("events.amazonaws.com", "sns:Publish"))),
        Does.StartWith("events.amazonaws.com is denied by aws:SourceAccount"));

    private static string Service(string service, string action) => $$"""
        {
          "Effect": "Allow", "Principal": { "Service": "{{service}}" }, "Action": "{{action}}", "Resource": "*",
          "Condition": { "StringEquals": { "aws:SourceAccount": "111111111111" } }
        }
        """;
}
