using Infra.Operations.Terraform;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class DiagnosticAdviceTests
{
    [Test]
    public void For_LockThatIsNotReleased_NamesTheCommandWithItsId()
    {
        var diagnostic = new Diagnostic(true, "Error acquiring the state lock",
            "Error message: operation error S3: PutObject, 412\nLock Info:\n  ID:        6f1c-22\n  Path:      b/k\n  Who:       "
                + "ada@laptop\n", "");
        Assert.That(DiagnosticAdvice.For(diagnostic, "/stacks/base"), Does.Contain("terraform -chdir=/stacks/base force-unlock 6f1c-22"));
    }

    [Test]
    public void For_ProtectedResource_SaysHowToDeleteIt() => Assert.That(
        DiagnosticAdvice.For(new Diagnostic(true, "Instance cannot be destroyed", "", "aws_s3_bucket.data"), "base"),
        Does.Contain("\"disposable\": true"));

    [TestCase("creating IAM Role (acme-dev-web): operation error IAM: CreateRole, StatusCode: 409, EntityAlreadyExists: Role with name",
        "acme-dev-web")]
    [TestCase("creating S3 Bucket (acme-logs): BucketAlreadyOwnedByYou", "acme-logs")]
    [TestCase("creating CloudWatch Logs Log Group (/ecs/web): operation error, ResourceAlreadyExistsException: The specified log group",
        "/ecs/web")]
    [TestCase("api error RouteAlreadyExists: Route in Route Table (rtb-1) with destination (0.0.0.0/0) already exists", "rtb-1_0.0.0.0/0")]
    public void For_ExistingResource_NamesTheImport(string headline, string id) => Assert.That(
        DiagnosticAdvice.For(new Diagnostic(true, headline, "", "aws_x.y"), "/stacks/base"),
        Does.EndWith($"terraform -chdir=/stacks/base import aws_x.y {id}"));

    [TestCase("ELBv2 Load Balancer (acme-dev) already exists", "aws_lb.alb", "aws elbv2 describe-load-balancers --names acme-dev ", "ARN")]
    [TestCase("creating ELBv2 application Load Balancer (acme-dev): operation error Elastic Load Balancing v2: CreateLoadBalancer, "
        + "DuplicateLoadBalancerName: A load balancer with the same name 'acme-dev' exists, but with different settings", "aws_lb.alb",
        "aws elbv2 describe-load-balancers --names acme-dev ", "ARN")]
    [TestCase("ELBv2 Target Group (acme-dev-web) already exists", "aws_lb_target_group.web",
        "aws elbv2 describe-target-groups --names acme-dev-web ", "ARN")]
    [TestCase("creating Security Group (acme-dev-web): operation error EC2: CreateSecurityGroup, InvalidGroup.Duplicate: The security "
        + "group 'acme-dev-web' already exists for VPC 'vpc-1'", "aws_security_group.web",
        "aws ec2 describe-security-groups --filters Name=group-name,Values=acme-dev-web ", "GROUP_ID")]
    [TestCase("creating Secrets Manager Secret (acme/dev/key): operation error Secrets Manager: CreateSecret, ResourceExistsException: "
        + "The operation failed because the secret acme/dev/key already exists.", "aws_secretsmanager_secret.key",
        "aws secretsmanager describe-secret --secret-id acme/dev/key ", "ARN")]
    [TestCase("creating IAM Policy (acme-boundary): operation error IAM: CreatePolicy, EntityAlreadyExists: A policy called acme-boundary "
        + "already exists", "aws_iam_policy.boundary", "aws iam list-policies --scope Local --query \"Policies[?PolicyName=='acme-boundary']",
        "ARN")]
    [Property("Finding", "U11")]
    public void For_AnExistingResourceThatIsNotImportedByItsName_NamesTheSearchAndTheImport(
        string headline, string address, string search, string id) => Assert.That(
        DiagnosticAdvice.For(new Diagnostic(true, headline, "", address), "/stacks/base"),
        Does.Contain($"\n{search}").And.EndWith($"\nterraform -chdir=/stacks/base import {address} {id}"));

    [Test, Property("Finding", "U11")]
    public void For_ATableThatExists_NamesTheImport() => Assert.That(
        DiagnosticAdvice.For(
            new Diagnostic(
                true, "creating AWS DynamoDB Table (acme-dev-orders): operation error DynamoDB: CreateTable, ResourceInUseException: Table "
                    + "already exists: acme-dev-orders", "", "aws_dynamodb_table.orders"),
            "/stacks/base"),
        Does.EndWith("\nterraform -chdir=/stacks/base import aws_dynamodb_table.orders acme-dev-orders"));

    [Test]
    public void For_ASubnetThatExists_NamesTheSearchAndTheImport() => Assert.That(
        DiagnosticAdvice.For(
            new Diagnostic(
                true, "creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, api error "
                    + "InvalidSubnet.Conflict: The CIDR '10.0.2.0/24' conflicts with another subnet", "", "aws_subnet.public-b"),
            "/stacks/base"),
        Does.Contain("\naws ec2 describe-subnets --filters Name=cidr-block,Values=10.0.2.0/24 ")
            .And.EndWith("\nterraform -chdir=/stacks/base import aws_subnet.public-b SUBNET_ID"));

    [TestCase("""{ "insecure_value": "a" }""", "aws ssm delete-parameter --name /dev/acme/topic")]
    [TestCase("""{ "insecure_value": "none", "lifecycle": { "ignore_changes": ["insecure_value"] } }""",
        "import aws_ssm_parameter.topic /dev/acme/topic")]
    [TestCase("""{ "value_wo": "${var.secret}" }""", "import aws_ssm_parameter.topic /dev/acme/topic")]
    public void For_AParameterThatExists_NamesTheImportOnlyIfItsValueIsKept(string parameter, string command)
    {
        using var folder = new TemporaryFolder();
        folder.Write("cdk.tf.json", $$"""{ "resource": { "aws_ssm_parameter": { "topic": {{parameter}} } } }""");

        string? advice = DiagnosticAdvice.For(
            new Diagnostic(
                true, "creating SSM Parameter (/dev/acme/topic): ParameterAlreadyExists: The parameter already exists.", "",
                "aws_ssm_parameter.topic"),
            folder.Path);

        Assert.That(advice, Does.EndWith(command));
    }

    [Test, Property("Finding", "A21")]
    public void For_ACodeBucketThatExists_NamesTheSetting_AndNoImport()
    {
        string? advice = DiagnosticAdvice.For(
            new Diagnostic(true, "creating S3 Bucket (1-code): BucketAlreadyOwnedByYou", "", "aws_s3_bucket.code"), "base");
        Assert.That(advice, Does.Contain("\"existingCodeBucket\": true").And.Not.Contain("terraform"));
    }

    [TestCase(
        "creating IAM Service Linked Role (config.amazonaws.com): InvalidInput: Service role name AWSServiceRoleForConfig has been "
            + "taken in this account", "aws_iam_service_linked_role.account_config",
        "import aws_iam_service_linked_role.account_config "
            + "arn:aws:iam::ACCOUNT:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig")]
    [TestCase("putting ConfigService Configuration Recorder (default): MaxNumberOfConfigurationRecordersExceededException: at most 1",
        "aws_config_configuration_recorder.account", "\"configRecorder\": false")]
    [Property("Finding", "A11")]
    public void For_ExistingAWSConfig_SaysWhatToDo(string headline, string address, string advice) =>
        Assert.That(DiagnosticAdvice.For(new Diagnostic(true, headline, "", address), "bootstrap"), Does.Contain(advice));

    [Test]
    public void For_AnythingElse_IsNothing() =>
        Assert.That(DiagnosticAdvice.For(new Diagnostic(true, "creating VPC", "", ""), "base"), Is.Null);

    [TestCase("The parameter \"dynamodb_table\" is deprecated. Use parameter \"use_lockfile\" instead.", true)]
    [TestCase("The parameter \"other\" is deprecated.", false)]
    public void IsExpected_OnlyTheLockTable(string detail, bool expected) =>
        Assert.That(DiagnosticAdvice.IsExpected(new Diagnostic(false, "Deprecated Parameter", detail, "")), Is.EqualTo(expected));
}
