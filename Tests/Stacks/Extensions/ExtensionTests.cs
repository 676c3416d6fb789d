using Infra.Configuration;
using Infra.Configuration.Extensions;
using Infra.Configuration.Findings;
using Infra.Constructs.Extensions;
using Infra.Insight;
using Infra.Operations.Workspace;
using Infra.Stacks;
using Infra.Tests.Configuration;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks.Extensions;

/// <summary>Resources of an extension, its section, and the permissions that follow from it.</summary>
internal sealed class ExtensionTests
{
    private static readonly Lazy<SynthesizedDeployment> Deployed = new(() =>
        Synthesize(""", "extensions": { "order-flow": { "timeoutSeconds": 600 } }"""));
    private static readonly Lazy<SynthesizedDeployment> Without = new(() => Synthesize(""));

    [Test]
    public void Base_HasTheResources_WithTheBoundary_AnAlarm_AndADiscoveryParameter()
    {
        SynthesizedStack @base = Deployed.Value.Base;
        JObject machine = @base.Resource("aws_sfn_state_machine", "order-flow");

        Assert.Multiple(() =>
        {
            Assert.That((string?)machine["name"], Is.EqualTo("shop-dev-order-flow"));
            Assert.That((string?)machine["definition"], Does.Contain("\"TimeoutSeconds\": 600"));
            Assert.That((string?)machine["role_arn"], Is.EqualTo("${aws_iam_role.order-flow-role.arn}"));
            Assert.That((string?)@base.Resource("aws_iam_role", "order-flow-role")["permissions_boundary"],
                Does.EndWith("policy/shop-boundary"));
            Assert.That(@base.Resource("aws_cloudwatch_metric_alarm", "order-flow-failed")["alarm_actions"]!.Count(), Is.EqualTo(1));
            Assert.That(@base.Json["resource"]!["aws_ssm_parameter"]!.Values<JProperty>()
                .Select(parameter => (string?)parameter!.Value["name"]), Does.Contain("/dev/shop/discovery/extensions/order-flow/arn"));
        });
    }

    [Test]
    public void Runtime_ReadsWhatBaseExports()
    {
        Assert.That((string?)Deployed.Value.Base.Json["output"]!["extension_order_flow_arn"]!["value"],
            Is.EqualTo("arn:aws:states:eu-west-1:111111111111:stateMachine:shop-dev-order-flow"));
        Assert.That((string?)Deployed.Value.Runtime.Json["output"]!["order_flow"]!["value"],
            Is.EqualTo("${data.terraform_remote_state.base.outputs.extension_order_flow_arn}"));
    }

    [Test]
    public void WithoutASection_NothingIsCreated() =>
        Assert.That(Without.Value.Base.Json.ToString(), Does.Not.Contain("order-flow"));

    [Test]
    public void RolesAndBoundary_HaveThePermissionsOfTheExtension_OnlyWhereItIsUsed()
    {
        string policies = Deployed.Value.Bootstrap.Json["resource"]!["aws_iam_policy"]!.ToString();
        string boundary = (string)Deployed.Value.Bootstrap.Resource("aws_iam_policy", "boundary")["policy"]!;

        Assert.Multiple(() =>
        {
            Assert.That(policies, Does.Contain("states:CreateStateMachine").And.Contain("states:DescribeStateMachine"));
            Assert.That(Deployed.Value.Bootstrap.Json.ToString(), Does.Contain("states.amazonaws.com"));
            Assert.That(boundary, Does.Contain("states:StartExecution"));
            Assert.That(Without.Value.Bootstrap.Json.ToString(), Does.Not.Contain("states:"));
            Assert.That(PermissionFindings.Of("environments/dev.json", StackJson.ReadAll(Deployed.Value.OutDir)), Is.Empty);
        });
    }

    [Test]
    public void ATypeWithoutPermissions_IsAFinding_ThatNamesTheExtensionsWay()
    {
        var @base = (JObject)Deployed.Value.Base.Json.DeepClone();
        @base["resource"]!["aws_sfn_activity"] = new JObject { ["orders"] = new JObject { ["name"] = "shop-dev-orders" } };

        Finding finding = PermissionFindings.Of("environments/dev.json", [new StackJson("base", @base)]).Single();

        Assert.That(finding.ToString(),
            Does.Contain("aws_sfn_activity.orders").And.Contain("Permissions of the extension").And.Contain("./infra bootstrap"));
    }

    [TestCase("""{ "extensions": { "order-flw": {} } }""",
        "extensions.order-flw  unknown extension; available: ")]
    [TestCase("""{ "extensions": { "order-flow": {} } }""",
        "extensions.order-flow.timeoutSeconds  is missing: Seconds after which an execution fails")]
    [TestCase("""{ "extensions": { "order-flow": { "timeoutSeconds": 0 } } }""", "extensions.order-flow.timeoutSeconds  0 is ")]
    [TestCase("""{ "extensions": { "order-flow": { "timeoutSeconds": 60, "retrySecond": 5 } } }""",
        "extensions.order-flow.retrySecond  unknown key; did you mean retrySeconds?")]
    [TestCase("""{ "extensions": { "order-flow": 5 } }""", "extensions.order-flow  is the number 5; an object { … } is expected")]
    [TestCase("""{ "extensions": { "order-flow": { "timeoutSeconds": 60, "retrySeconds": 60 } } }""",
        "extensions.order-flow.retrySeconds  60 is not less than timeoutSeconds, 60")]
    public void AWrongSection_IsOneFinding(string sections, string finding) =>
        Assert.That(TestFolder.Findings(sections).Single(), Does.StartWith(finding));

    [Test]
    public void AFinding_HasFileAndLine()
    {
        Finding finding = TestFolder.Load("""
            { "extensions": {
              "order-flow": { "timeoutSeconds": 0 } } }
            """).Findings.Single();

        Assert.That(finding.ToString(), Does.StartWith("test.json:2:"));
    }

    [Test]
    public void CommittedSchema_IsTheOneOfTheExtensions() => Approval.Verify(
        Path.Combine(Checkout.Find().Root, "Extensions", "schema.json"),
        SchemaWriter.WriteExtensions(ExtensionRegistry.In(typeof(Extension).Assembly)
            .Select(extension => KeyValuePair.Create(extension.Name, extension.Section))));

    [Test]
    public void Schema_HasTheKeysAndLimitsOfASection()
    {
        var schema = JObject.Parse(SchemaWriter.WriteExtensions([KeyValuePair.Create("order-flow", typeof(OrderFlowConfig))]));

        Assert.That((int?)schema.SelectToken("properties.order-flow.properties.timeoutSeconds.maximum"), Is.EqualTo(86400));
        Assert.That((bool?)schema.SelectToken("properties.order-flow.additionalProperties"), Is.False);
    }

    [Test]
    public void ANameThatExistsTwice_OrIsInvalid_IsRefusedWithBothTypes()
    {
        Assert.That(() => ExtensionSections.Add("order-flow", typeof(ExtensionTests)),
            Throws.ArgumentException.With.Message.Contains("exists twice").And.Message.Contains(nameof(OrderFlowConfig)));
        Assert.That(() => ExtensionSections.Add("Order_Flow", typeof(OrderFlowConfig)),
            Throws.ArgumentException.With.Message.Contains("lower-case letters"));
    }

    private static SynthesizedDeployment Synthesize(string extensions) => SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", $$"""
        {
          "name": "dev", "project": "shop", "account": "111111111111", "region": "eu-west-1",
          "network": { "vpc": "none" }, "github": { "repository": "acme/shop" }{{extensions}}
        }
        """));
}
