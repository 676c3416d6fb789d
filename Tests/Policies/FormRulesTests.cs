using Infra.Policies.Rules;
using NUnit.Framework;

namespace Infra.Tests.Policies;

/// <summary>Rules about the grammar of policies and their quotas.</summary>
internal sealed class FormRulesTests
{
    [TestCase("""{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::files/*" }""", "")]
    [TestCase("""{ "Sid": "Read all", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }""",
        "Sid Read all has other characters than letters and digits")]
    [TestCase("""{ "Effect": "allow", "Action": "s3:GetObject", "Resource": "*" }""", "Effect is allow")]
    [TestCase("""{ "Effect": "Allow", "Resource": "*" }""", "names no action")]
    [TestCase("""{ "Effect": "Allow", "Action": "s3:GetObject" }""", "names no resource")]
    [TestCase("""{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" }""",
        "names a principal, which a role's policy may not")]
    [TestCase(
        """{ "Sid": "A", "Effect": "Deny", "Action": "s3:*", "Resource": "*" }, { "Sid": "A", "Effect": "Deny", "Action": "iam:*", "Resource": "*" }""", "Sid A is used more than once")]
    public void WellFormed_OfARole(string statements, string wrong) =>
        Assert.That(PolicySample.Wrong(PolicySample.Role<WellFormed>(statements)), Is.EqualTo(wrong));

    [TestCase("""{ "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }""", "")]
    [TestCase(
        """{ "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole", "Resource": "*" }""",
        "names a resource, which a trust policy may not")]
    [TestCase("""{ "Effect": "Allow", "Action": "sts:AssumeRole" }""", "names no principal")]
    public void WellFormed_OfATrustPolicy(string statement, string wrong) =>
        Assert.That(PolicySample.Wrong(PolicySample.Trust<WellFormed>(statement)), Is.EqualTo(wrong));

    [TestCase("aws_iam_role_policy", "policy", 10240, "characters")]
    [TestCase("aws_iam_policy", "policy", 6144, "characters")]
    [TestCase("aws_iam_role", "assume_role_policy", 2048, "characters")]
    [TestCase("aws_s3_bucket_policy", "policy", 20480, "bytes")]
    [TestCase("aws_kms_key", "policy", 32768, "bytes")]
    [TestCase("aws_sns_topic_policy", "policy", 30720, "bytes")]
    [TestCase("aws_sqs_queue", "policy", 8192, "bytes")]
    public void PolicyFits(string type, string argument, int most, string unit)
    {
        string principal = type is "aws_iam_role_policy" or "aws_iam_policy" ? "" : """ "Principal": { "AWS": "111111111111" }, """;
        string Of(int length) =>
            $$"""{ "Effect": "Allow", {{principal}} "Action": "sts:AssumeRole", "Resource": "{{new string('x', length)}}" }""";
        Assert.Multiple(() =>
        {
            Assert.That(PolicySample.Check<PolicyFits>(type, argument, Of(most - 200)), Is.Empty);
            Assert.That(PolicySample.Check<PolicyFits>(type, argument, Of(most)).Single().Allowed, Is.EqualTo($"at most {most} {unit}"));
        });
    }

    [Test]
    public void PolicyFits_WhiteSpaceOfARole_DoesNotCount() => Assert.That(
        PolicySample.Role<PolicyFits>($$"""{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "{{new string(' ', 11000)}}" }"""),
        Is.Empty);

    [Test]
    public void PolicyFits_OfAQueue_CountsActions()
    {
        string actions = string.Join(", ", Enumerable.Range(0, 8).Select(i => $"\"sqs:Action{i}\""));
        Assert.That(
            PolicySample.Wrong(PolicySample.Check<PolicyFits>(
                "aws_sqs_queue", "policy",
                $$"""{ "Effect": "Allow", "Principal": { "AWS": "111111111111" }, "Action": [{{actions}}], "Resource": "*" }""")),
            Is.EqualTo("the queue's policy has 8 actions in a statement"));
    }

    [TestCase(10, 0)]
    [TestCase(11, 1)]
    public void PolicyFits_ManagedPolicies_AreTenForARole(int attached, int findings)
    {
        string attachments = string.Join(", ", Enumerable.Range(0, attached).Select(i => $$"""
            "a{{i}}": { "role": "reader", "policy_arn": "arn:aws:iam::aws:policy/P{{i}}" }
            """));
        Assert.That(
            PolicySample.Check<PolicyFits>(
                "aws_iam_role_policy", "policy", """{ "Effect": "Deny", "Action": "s3:*", "Resource": "*" }""",
                $$"""{ "aws_iam_role_policy_attachment": { {{attachments}} } }"""),
            Has.Count.EqualTo(findings));
    }
}
