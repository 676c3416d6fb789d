using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>System P: layers of two frameworks, in a sandbox and a production account.</summary>
internal sealed class PythonFrameworksTests
{
    private static SynthesizedStack Base => Example.PythonSandbox.Base;

    private static IReadOnlyList<PolicyStatement> Delivery(Example example) =>
        [.. PolicyStatement.Of(example.Base).Where(statement => statement.Id == "github-delivery_deliver")];

    private static PolicyStatement Delivery(Example example, string sid) =>
        Delivery(example).Single(statement => (string?)statement.Json["Sid"] == sid);

    private static JToken TrustOf(SynthesizedStack stack, string role) =>
        SynthesizedStack.Policy(
            stack.Resource("aws_iam_role", role)["assume_role_policy"])["Statement"]!.Single()["Condition"]!["StringEquals"]!;

    private static string Name(Example example, string layer) => example.Environment.Names.Layer(layer);

    [Test, Property("Row", "P1"), Property("Row", "P-L1")]
    public void Layers_AreNamedAfterTheEnvironment()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Example.PythonSandbox.Config.Layers.Keys.Select(layer => Name(Example.PythonSandbox, layer)),
                Is.EqualTo(new[] { "dev-da-flask-layer", "dev-da-framework-layer" }));
            Assert.That(Example.PythonProduction.Config.Layers.Keys.Select(layer => Name(Example.PythonProduction, layer)),
                Is.EqualTo(new[] { "prod-da-flask-layer", "prod-da-framework-layer" }));
            Assert.That(Example.PythonProduction.Config.Layers.Values.Select(layer => layer.KeepVersions), Is.All.EqualTo(10));
        });
    }

    [Test, Property("Row", "P1"), Property("Row", "S5")]
    public void CodeBucket_OfAnAccountWithoutOne_IsCreatedWithItsNameAndLogs()
    {
        SynthesizedStack created = SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", """
            { "extends": "@/examples/python-frameworks/dev.json", "naming": { "existingCodeBucket": false } }
            """)).Base;
        Assert.Multiple(() =>
        {
            Assert.That((string?)created.Resource("aws_s3_bucket", "code")["bucket"], Is.EqualTo("111111111111-code-deployment"));
            Assert.That((string?)created.Resource("aws_s3_bucket_logging", "code_logging")["target_prefix"],
                Is.EqualTo("s3/111111111111-code-deployment/"));
        });
    }

    [TestCase("da-flask-layer"), TestCase("da-framework-layer")]
    [Property("Row", "P1"), Property("Row", "P8")]
    public void LayerInUse_IsInTheLedger(string layer)
    {
        JObject parameter = Base.Resource("aws_ssm_parameter", $"layer-{layer}");

        Assert.Multiple(() =>
        {
            Assert.That((string?)parameter["name"], Is.EqualTo($"/dev/python-frameworks/layers/{layer}"));
            Assert.That((string?)Base.Json["output"]![$"layer_{layer.Replace('-', '_')}_parameter"]!["value"],
                Is.EqualTo($"/dev/python-frameworks/layers/{layer}"));
            Assert.That(Base.Addresses(), Has.None.StartsWith("aws_lambda"), "versions are published, never applied");
        });
    }

    [Test, Property("Row", "P2"), Property("Row", "P-L1")]
    public void Branch_DecidesTheEnvironment()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                (Example.PythonSandbox.Config.Account, Example.PythonSandbox.Config.GitHub!.Branch), Is.EqualTo(("111111111111", "test")));
            Assert.That((Example.PythonProduction.Config.Account, Example.PythonProduction.Config.GitHub!.Branch),
                Is.EqualTo(("222222222222", "main")));
        });
        foreach ((Example example, string branch, string environment)
            in new[] { (Example.PythonSandbox, "test", "sandbox"), (Example.PythonProduction, "main", "production") })
        {
            JToken delivery = TrustOf(example.Base, "github-delivery");
            JToken apply = TrustOf(example.Bootstrap, $"infra-{example.Config.Name}-apply");
            Assert.Multiple(() =>
            {
                Assert.That(example.Config.Region, Is.EqualTo("us-east-2"));
                Assert.That((string?)delivery["token.actions.githubusercontent.com:sub"],
                    Is.EqualTo($"repo:acme/python-frameworks:environment:{environment}"));
                Assert.That((string?)apply["token.actions.githubusercontent.com:sub"],
                    Is.EqualTo($"repo:acme/python-frameworks:environment:{environment}"));
                Assert.That((string?)delivery["token.actions.githubusercontent.com:ref"], Is.EqualTo($"refs/heads/{branch}"),
                    "and no other branch that names the environment");
                Assert.That((string?)apply["token.actions.githubusercontent.com:ref"], Is.EqualTo($"refs/heads/{branch}"));
            });
        }
    }

    [Test, Property("Row", "P4"), Property("Row", "S10")]
    public void DeployPolicy_IsTheLayersAndTheirArtifacts_AndNothingElse()
    {
        const string layers = "arn:aws:lambda:us-east-2:111111111111:layer";
        var expected = new Dictionary<string, (string[] Actions, string[] Resources)>
        {
            ["LayerPublish"] =
                (["lambda:PublishLayerVersion"], [$"{layers}:dev-da-flask-layer", $"{layers}:dev-da-framework-layer"]),
            ["LayerVersions"] = (
                [
                    "lambda:AddLayerVersionPermission", "lambda:DeleteLayerVersion", "lambda:GetLayerVersion",
                    "lambda:GetLayerVersionPolicy",
                    "lambda:RemoveLayerVersionPermission",
                ],
                [$"{layers}:dev-da-flask-layer:*", $"{layers}:dev-da-framework-layer:*"]),
            ["LayerList"] = (["lambda:ListLayerVersions"], ["*"]),
            ["CodeList"] = (["s3:ListBucket"], ["arn:aws:s3:::111111111111-code-deployment"]),
            ["Code"] = (["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::111111111111-code-deployment/python-frameworks/*"]),
            ["LayerLedger"] = (
                ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"],
                [
                    "arn:aws:ssm:us-east-2:111111111111:parameter/dev/python-frameworks/layers/da-flask-layer",
                    "arn:aws:ssm:us-east-2:111111111111:parameter/dev/python-frameworks/layers/da-framework-layer",
                ]),
            ["LayerLock"] = (
                ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"],
                ["arn:aws:dynamodb:us-east-2:111111111111:table/python-frameworks-tfstate-lock"]),
        };

        Assert.That(Delivery(Example.PythonSandbox).Select(statement => (string?)statement.Json["Sid"]), Is.EquivalentTo(expected.Keys));
        foreach ((string sid, (string[] actions, string[] resources)) in expected)
        {
            PolicyStatement statement = Delivery(Example.PythonSandbox, sid);
            Assert.Multiple(() =>
            {
                Assert.That(statement.Actions, Is.EqualTo(actions), sid);
                Assert.That(statement.Resources, Is.EqualTo(resources), sid);
            });
        }
    }

    [Test, Property("Row", "P4")]
    public void DeployPolicy_AppliesOnlyInTheRegionAndAccount()
    {
        foreach (Example example in new[] { Example.PythonSandbox, Example.PythonProduction })
            foreach (PolicyStatement statement in Delivery(example))
                Assert.Multiple(() =>
                {
                    Assert.That((string?)statement.Json["Condition"]?["StringEquals"]?["aws:RequestedRegion"], Is.EqualTo("us-east-2"),
                        $"{statement}");
                    Assert.That((string?)statement.Json["Condition"]?["StringEquals"]?["aws:PrincipalAccount"],
                        Is.EqualTo(example.Config.Account), $"{statement}");
                });
    }

    [Test, Property("Row", "P6")]
    public void DeployRole_LocksOnlyItsOwnEnvironment() =>
        Assert.That(
            (string?)Delivery(
                Example.PythonProduction, "LayerLock").Json["Condition"]!["ForAllValues:StringEquals"]!["dynamodb:LeadingKeys"],
            Is.EqualTo("python-frameworks/prod/layers"));

    [Test, Property("Row", "P1")]
    public void WithoutServices_ThereIsNoNetwork()
    {
        Assert.Multiple(() =>
        {
            foreach (Example example in new[] { Example.PythonSandbox, Example.PythonProduction })
            {
                Assert.That(example.Base.Addresses(), Has.None.Contain("vpc").And.None.Contain("subnet").And.None.Contain("security_group"),
                    example.File);
                Assert.That(example.Runtime.Addresses(), Is.Empty, "nothing that costs by the hour");
            }
        });
    }

    [Test, Property("Row", "P12")]
    public void SandboxAndProduction_InOneAccount_WouldShareNothingButTheBootstrap()
    {
        // As if the production account were closed: the code bucket, named only after the account, must be renamed, and a finding says so.
        SynthesizedDeployment[] deployments =
        [
            .. new[] { "dev", "prod" }.Select(name => SynthesizedDeployment.Of(WrittenEnvironment.Load(name, $$"""
                {
                  "extends": "@/examples/python-frameworks/{{name}}.json", "account": "111111111111",
                  "naming": { "codeBucket": "{account}-{env}-code-deployment" },
                  "layers": { "da-flask-layer": { "sharedWith": null }, "da-framework-layer": { "sharedWith": null } }
                }
                """))),
        ];
        string[] Named(SynthesizedStack stack) =>
        [
            .. from type in ((JObject)stack.Json["resource"]!).Properties()
               where type.Name is not "aws_iam_role_policy" and not "aws_iam_role_policy_attachment"
               from resource in ((JObject)type.Value).Properties()
               from argument in new[] { "bucket", "name" }
               let value = (string?)resource.Value[argument]
               where value is not null && !value.Contains("${", StringComparison.Ordinal)
               select $"{type.Name} {value}",
        ];

        Assert.Multiple(() =>
        {
            Assert.That(Named(deployments[0].Base), Has.Length.GreaterThan(4));
            Assert.That(Named(deployments[0].Base).Intersect(Named(deployments[1].Base)), Is.Empty);
            Assert.That(
                deployments.Select(deployment => (string?)deployment.Base.Json["terraform"]!["backend"]!["s3"]!["key"]),
                Is.EqualTo(new[] { "python-frameworks/dev/base", "python-frameworks/prod/base" }));
        });
    }
}
