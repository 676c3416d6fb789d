using Infra.Insight;
using Infra.Operations.Access;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight;

[Property("Row", "P11")]
internal sealed class AccessReportTests
{
    private static StackJson Stack(string type, string attribute, JObject policy) => new("base", new JObject
    {
        ["resource"] =
            new JObject
            {
                [type] =
                new JObject
                {
                    ["x"] =
                    new JObject { ["name"] = "named", [attribute] = policy.ToString(Newtonsoft.Json.Formatting.None) }
                }
            },
    });

    private static JObject Policy(string statement) =>
        new() { ["Version"] = "2012-10-17", ["Statement"] = new JArray(JObject.Parse(statement)) };

    private static IEnumerable<string> Inward(string statement) =>
        AccessReport.Inward(Stack("aws_iam_role", "assume_role_policy", Policy(statement)), "111111111111").Select(access => access.Who);

    [TestCase("""{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::333333333333:role/build" }, "Action": "sts:AssumeRole" }""",
        "account 333333333333")]
    [TestCase("""{ "Effect": "Allow", "Principal": { "AWS": ["111111111111", "222222222222"] }, "Action": "sts:AssumeRole" }""",
        "account 222222222222")]
    [TestCase("""{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111111111111:root" }, "Action": "sts:AssumeRole" }""", "")]
    [TestCase("""{ "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }""", "")]
    [TestCase("""{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject" }""", "everyone")]
    [TestCase("""{ "Effect": "Deny", "Principal": "*", "Action": "s3:*" }""", "")]
    [TestCase(
        """{ "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111111111111:oidc-provider/t" }, "Condition": { "StringEquals": { "t:sub": "repo:a/b:x", "t:ref": "refs/heads/test" } } }""", "repo:a/b:x, on refs/heads/test")]
    [TestCase("""{ "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111111111111:oidc-provider/t" } }""",
        "every token of the provider")]
    public void Inward_ListsOutsidePrincipals(string statement, string expected) =>
        Assert.That(Inward(statement), Is.EqualTo(expected.Length == 0 ? Array.Empty<string>() : [expected]));

    [Test]
    public void Outward_ListsResourcesOfOtherAccounts()
    {
        StackJson stack = Stack("aws_iam_role_policy", "policy", Policy("""
            { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": ["arn:aws:iam::222222222222:role/deploy", "arn:aws:iam::111111111111:role/own", "*"] }
            """));

        Assert.That(
            AccessReport.Outward(stack, "111111111111"),
            Is.EqualTo(
                new[] { new CrossAccess("named", "sts:AssumeRole", "arn:aws:iam::222222222222:role/deploy", "aws_iam_role_policy.x") }));
    }

    [Test]
    public void Production_OfSystemP_SaysThatTheSandboxUsesItsLayers() => Assert.That(
        AccessCommand.Report(Example.PythonProduction.Environment, Example.PythonProduction.Deployment.OutDir),
        Does.Contain(
            "| account 111111111111 | lambda:GetLayerVersion | prod-da-flask-layer, versions that were used | "
                + "`layers.da-flask-layer.sharedWith` |")
            .And.Contain(
                "| repo:acme/python-frameworks:environment:production, on refs/heads/main | sts:AssumeRoleWithWebIdentity | "
                    + "python-frameworks-prod-github-delivery |"));

    /// <summary>The document of every example; changes of trusted principals need a review.</summary>
    [Test]
    public void Document_IsTheApprovedOne() => Approval.Verify(
        Path.Combine(Checkout.Find().Root, "docs", "access.md"),
        "# Access across accounts\n\nWritten by `./infra test` from the examples; `./infra access --env NAME` shows that of one "
            + "environment. Row P11.\n\n"
            + string.Join('\n', Example.All.Select(example => AccessCommand.Report(example.Environment, example.Deployment.OutDir))));
}
