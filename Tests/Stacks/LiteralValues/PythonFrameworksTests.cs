using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks.LiteralValues;

/// <summary>System P: literal names and values.</summary>
internal sealed class PythonFrameworksTests
{
    [Test, Property("Row", "P-L2")]
    public void CodeBucket_ExistsAlready_AndIsOnlyReadAndWrittenBelowItsPrefix()
    {
        Assert.Multiple(() =>
        {
            foreach ((Example example, string bucket) in new[]
            {
                (Example.PythonSandbox, "111111111111-code-deployment"), (Example.PythonProduction, "222222222222-code-deployment"),
            })
            {
                Assert.That((string?)example.Base.Data("aws_s3_bucket", "code")["bucket"], Is.EqualTo(bucket));
                Assert.That(example.Base.Addresses().Where(address => address.Contains(".code", StringComparison.Ordinal)), Is.Empty,
                    "no resource is the bucket or one of its settings");
                PolicyStatement[] statements =
                [
                    .. new[] { example.Base, example.Bootstrap }.SelectMany(PolicyStatement.Of)
                        .Where(statement => statement.IsOfIdentity && statement.Allows
                            && statement.Resources.Any(
                                resource => resource.StartsWith($"arn:aws:s3:::{bucket}", StringComparison.Ordinal))),
                ];
                Assert.That(
                    statements.SelectMany(statement => statement.Actions.Select(action => $"{action} {statement.Resources.Single()}"))
                        .Distinct(),
                    Is.EquivalentTo(new[]
                    {
                        $"s3:ListBucket arn:aws:s3:::{bucket}",
                        $"s3:GetObject arn:aws:s3:::{bucket}/python-frameworks/*",
                        $"s3:PutObject arn:aws:s3:::{bucket}/python-frameworks/*",
                    }));
                Assert.That(
                    statements.Where(statement => (string?)statement.Json["Sid"] == "CodeList")
                        .Select(statement => (string?)statement.Json["Condition"]!["StringLike"]!["s3:prefix"]),
                    Is.Not.Empty.And.All.EqualTo("python-frameworks/*"), "keys of other teams are not listed");
            }
        });
    }

    [Test, Property("Row", "P-L6")]
    public void RoleOfPlans_MayListNames_WhereTheFileSaysSo()
    {
        Assert.Multiple(() =>
        {
            foreach (Example example in new[] { Example.PythonSandbox, Example.PythonProduction })
            {
                PolicyStatement statement = PolicyStatement.Of(example.Bootstrap)
                    .Single(each => each.Id == $"infra-{example.Config.Name}-plan_inventory");
                Assert.That(
                    statement.Actions, Is.EqualTo(new[] { "cloudformation:ListStacks", "lambda:ListLayers", "s3:ListAllMyBuckets" }));
            }

            Assert.That(
                PolicyStatement.Of(Example.Tap.Bootstrap).Where(statement =>
                    statement.Id.StartsWith("infra-", StringComparison.Ordinal) && statement.Names("s3:ListAllMyBuckets")),
                Is.Empty);
        });
    }

    [Test, Property("Row", "P-L4")]
    public void RoleForPeople_HasExactlyThePermissionsOfTheWorkflows()
    {
        SynthesizedStack stack = Example.PythonSandbox.Base;
        JObject workflows = stack.Resource("aws_iam_role", "github-delivery"), people = stack.Resource("aws_iam_role", "local-delivery");
        JToken trust = SynthesizedStack.Policy(people["assume_role_policy"])["Statement"]!.Single();
        Assert.Multiple(() =>
        {
            Assert.That((string?)people["name"], Is.EqualTo("python-frameworks-dev-local-delivery"));
            Assert.That(
                (string?)stack.Resource("aws_iam_role_policy", "local-delivery_deliver")["policy"],
                Is.EqualTo((string?)stack.Resource("aws_iam_role_policy", "github-delivery_deliver")["policy"]));
            Assert.That((string?)people["permissions_boundary"], Is.EqualTo((string?)workflows["permissions_boundary"]));
            Assert.That(
                stack.Addresses().Where(address => address.Contains("local-delivery", StringComparison.Ordinal)),
                Is.EquivalentTo(new[] { "aws_iam_role.local-delivery", "aws_iam_role_policy.local-delivery_deliver" }), "no other policy");
            Assert.That(trust["Condition"], Is.EqualTo(JObject.Parse("""
                {
                  "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/ada" },
                  "Bool": { "aws:MultiFactorAuthPresent": "true" }
                }
                """)).Using(JToken.EqualityComparer));
            Assert.That((string?)trust["Principal"]!["AWS"], Is.EqualTo("arn:aws:iam::111111111111:root"));
            Assert.That(
                Example.PythonProduction.Base.Addresses(), Has.None.Contain("local-delivery"), "no person delivers to production");
        });
    }

    [Test, Property("Row", "P-L3")]
    public void Components_AreTheLayersOfTheTwoFrameworks() => Assert.That(
        Example.PythonSandbox.Config.Layers.Select(
            layer => (layer.Value.Component, Example.PythonSandbox.Environment.Names.Layer(layer.Key))),
        Is.EqualTo(new[] { ("da_flask", "dev-da-flask-layer"), ("da_framework", "dev-da-framework-layer") }));

    [Test, Property("Row", "P-L3")]
    public void Runtime_IsPython310() =>
        Assert.That(Example.PythonSandbox.Config.Layers.Values.SelectMany(layer => layer.Runtimes), Is.All.EqualTo("python3.10"));
}
