using Infra.Insight;
using Infra.Policies.Documents;
using Infra.Policies.Rules;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Policies;

/// <summary>Finding policies, and evaluating their expressions and patterns.</summary>
internal sealed class PolicyReaderTests
{
    [TestCase("arn:aws:s3:::a*", "arn:aws:s3:::abc", true)]
    [TestCase("a*c", "abd", false)]
    [TestCase("a?c", "abc", true)]
    [TestCase("*b*", "*c*", true)]
    [TestCase("a*", "*b", true)]
    [TestCase("a", "b*", false)]
    [TestCase("table/*/index/*", "table/\uE001", false)]
    [TestCase("table/*", "table/\uE001", true)]
    public void Intersects(string one, string other, bool intersects) => Assert.Multiple(() =>
    {
        Assert.That(Wildcard.Intersects(one, other), Is.EqualTo(intersects));
        Assert.That(Wildcard.Intersects(other, one), Is.EqualTo(intersects), "the other way round");
    });

    [TestCase("s3:Get*", "s3:getobject", true)]
    [TestCase("s3:Get*Acl", "s3:GetObjectAcl", true)]
    [TestCase("s3:Get*Acl", "s3:GetObject", false)]
    [TestCase("*", "anything", true)]
    public void Matches_IgnoringCase(string pattern, string text, bool matches) =>
        Assert.That(Wildcard.Matches(pattern, text, ignoreCase: true), Is.EqualTo(matches));

    [Test]
    public void Templates_OfCloudFormation_AreRead()
    {
        string template = """
            { "Resources": { "Role": { "Properties": { "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" } ] },
              "Policies": [{ "PolicyDocument": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": { "Fn::GetAtt": ["Bucket", "Arn"] } } } }] } } } }
            """;
        StackPolicy[] policies = [.. Read("aws_cloudformation_stack", new JObject { ["template_body"] = template })];

        Assert.That(policies.Select(policy => policy.Kind), Is.EqualTo(new[] { PolicyKind.Trust, PolicyKind.Inline }));
    }

    [Test]
    public void DataSources_OfPolicies_AreRead()
    {
        JObject stack = JObject.Parse("""
            {
              "data": { "aws_iam_policy_document": { "read": { "statement": [{
                "sid": "Read", "actions": ["s3:GetObject"], "resources": ["${aws_s3_bucket.files.arn}/*"],
                "condition": [{ "test": "Bool", "variable": "aws:SecureTransport", "values": ["true"] }] }] } } },
              "resource": {
                "aws_s3_bucket": { "files": { "bucket": "shop-files" } },
                "aws_iam_role_policy": { "read": { "role": "reader", "policy": "${data.aws_iam_policy_document.read.json}" } }
              }
            }
            """);
        StackStatement statement = PolicyReader.ReadAll([new StackJson("base", stack)]).Single().Statements.Single();

        Assert.Multiple(() =>
        {
            Assert.That(statement.Resources, Is.EqualTo(new[] { "arn:aws:s3:::shop-files/*" }));
            Assert.That(statement.Conditions.Single(), Has.Property("Key").EqualTo("aws:SecureTransport"));
        });
    }

    [Test]
    public void PolicyVariables_AreUnknownValues() => Assert.That(
        Read("aws_iam_role_policy", new JObject
        {
            ["role"] = "reader",
            ["policy"] =
                """{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::files/$${aws:PrincipalTag/Team}/*" } }""",
        }).Single().Statements.Single().Resources.Single(),
        Is.EqualTo("arn:aws:s3:::files/\uE000/*"));

    [Test]
    public void ManagedPolicies_AreThoseOfTheRolesThatTheyAreAttachedTo()
    {
        const string policy =
            """{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" } }""";
        var stack = new StackJson("base", new JObject
        {
            ["resource"] = new JObject
            {
                ["aws_iam_role"] = JObject.Parse("""{ "apply": { "name": "apply" } }"""),
                ["aws_iam_policy"] =
                    new JObject
                    {
                        ["network"] = new JObject { ["name"] = "network", ["policy"] = policy },
                        ["other"] = new JObject { ["name"] = "other", ["policy"] = policy },
                    },
                ["aws_iam_role_policy_attachment"] = JObject.Parse("""
                    { "network": { "role": "${aws_iam_role.apply.name}", "policy_arn": "${aws_iam_policy.network.arn}" } }
                    """),
            },
        });
        RolePolicies role = new PolicySet([stack], PolicyChecksTests.Reference).Roles.Single();

        Assert.That((role.Role, role.Permissions.Single().Element.Name), Is.EqualTo(("aws_iam_role.apply", "network")));
    }

    private static IReadOnlyList<StackPolicy> Read(string type, JObject arguments) =>
        PolicyReader.ReadAll(
            [new StackJson("sample", new JObject { ["resource"] = new JObject { [type] = new JObject { ["sample"] = arguments } } })]);
}
