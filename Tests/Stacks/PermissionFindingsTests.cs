using Infra.Configuration.Findings;
using Infra.Insight;
using Infra.Stacks;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>What a team adds is either covered by the deployment roles and the boundary, or reported with a fix.</summary>
internal sealed class PermissionFindingsTests
{
    private static IReadOnlyList<Finding> With(Action<JObject> change)
    {
        StackJson Of(string name, JObject json) => new(name, json);
        var @base = (JObject)Example.ShopDev.Base.Json.DeepClone();
        change((JObject)@base["resource"]!);
        return
        [
            .. PermissionFindings.Of("environments/dev.json", [Of("bootstrap", Example.ShopDev.Bootstrap.Json), Of("base", @base),
                Of("runtime", Example.ShopDev.Runtime.Json)]),
        ];
    }

    private static void AddPolicy(JObject resources, string action) => ((JObject)resources["aws_iam_role_policy"]!)["own"] = new JObject
    {
        ["role"] = "${aws_iam_role.backend-task.name}",
        ["policy"] = new JObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JArray(new JObject
            {
                ["Effect"] = "Allow",
                ["Action"] = action,
                ["Resource"] = "arn:aws:sqs:us-east-2:222222222222:shop-dev-orders"
            }),
        }.ToString(Newtonsoft.Json.Formatting.None),
    };

    [TestCaseSource(typeof(Example), nameof(Example.WithPipelines)), Property("Finding", "B18")]
    public void Examples_HaveNone(Example example) =>
        Assert.That(PermissionFindings.Of(example.File, StackJson.ReadAll(example.Deployment.OutDir)), Is.Empty);

    [Test, Property("Finding", "B18")]
    public void AnUnknownType_IsAFindingWithTheFix()
    {
        Finding finding = With(resources =>
            resources["aws_kinesis_stream"] = new JObject { ["orders"] = new JObject { ["name"] = "shop-dev-orders" } }).Single();

        Assert.That(finding.ToString(),
            Does.StartWith("environments/dev.json").And.Contain("aws_kinesis_stream.orders").And.Contain(
                "Constructs/Permissions").And.Contain("./infra bootstrap"));
    }

    [Test, Property("Finding", "B18")]
    public void APermissionOutsideOfTheBoundary_IsAFindingWithTheFix()
    {
        Finding finding = With(resources => AddPolicy(resources, "kinesis:PutRecord")).Single();

        Assert.That(finding.ToString(), Does.Contain("aws_iam_role_policy.own").And.Contain("kinesis:PutRecord").And.Contain("boundary"));
    }

    [Test, Property("Finding", "B18")]
    public void AQueue_AddsItsMessagesToTheBoundary()
    {
        // Every environment with a schedule has a queue in base.
        string boundary = (string)Example.Local.Bootstrap.Resource("aws_iam_policy", "boundary")["policy"]!;

        Assert.That(boundary, Does.Contain("sqs:ReceiveMessage").And.Contain("sqs:DeleteMessage"));
        Assert.That((string)Example.ShopDev.Bootstrap.Resource("aws_iam_policy", "boundary")["policy"]!,
            Does.Not.Contain("sqs:ReceiveMessage"));
    }
}
