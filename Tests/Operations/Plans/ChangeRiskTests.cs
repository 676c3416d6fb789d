using Infra.Operations.Plans;
using Infra.Operations.Terraform;
using NUnit.Framework;

namespace Infra.Tests.Operations.Plans;

[Property("Row", "X7")]
internal sealed class ChangeRiskTests
{
    [TestCase("aws_db_instance.a", "replace", ChangeRisk.Precious)]
    [TestCase("aws_s3_bucket.a", "delete", ChangeRisk.Precious)]
    [TestCase("aws_dynamodb_table.a", "delete", ChangeRisk.Precious)]
    [TestCase("aws_cognito_user_pool.a", "replace", ChangeRisk.Precious)]
    [TestCase("aws_kms_key.a", "delete", ChangeRisk.Precious)]
    [TestCase("aws_route53_zone.a", "replace", ChangeRisk.Precious)]
    [TestCase("aws_ecr_repository.a", "delete", ChangeRisk.Precious)]
    [TestCase("aws_backup_vault.a", "delete", ChangeRisk.Precious)]
    [TestCase("aws_secretsmanager_secret.a", "delete", ChangeRisk.Precious)]
    [TestCase("aws_subnet.a", "replace", ChangeRisk.Precious)]
    [TestCase("aws_ssm_parameter.release-web", "delete", ChangeRisk.Precious)]
    [TestCase("aws_ssm_parameter.layer-flask", "replace", ChangeRisk.Precious)]
    [TestCase("aws_ssm_parameter.parameter-features", "delete", ChangeRisk.Destructive)]
    [TestCase("aws_ecs_service.a", "delete", ChangeRisk.Destructive)]
    [TestCase("aws_ecs_service.a", "replace", ChangeRisk.Disruptive)]
    [TestCase("aws_db_instance.a", "update", ChangeRisk.Safe)]
    [TestCase("aws_db_instance.a", "forget", ChangeRisk.Safe)]
    [TestCase("aws_db_instance.a", "move", ChangeRisk.Safe)]
    [TestCase("aws_db_instance.a", "create", ChangeRisk.Safe)]
    public void Of_Change_DependsOnTheActionAndTheType(string address, string action, ChangeRisk expected) =>
        Assert.That(ChangeRisks.Of(new ResourceChange(address, address.Split('.')[0], action, [])), Is.EqualTo(expected));

    [Test]
    public void Of_SecureString_IsPrecious()
    {
        var change = new ResourceChange("aws_ssm_parameter.parameter-token", "aws_ssm_parameter", "delete", []) { Kind = "SecureString" };
        Assert.That(ChangeRisks.Of(change), Is.EqualTo(ChangeRisk.Precious));
    }

    [Test]
    public void Of_Plan_IsTheHighest() => Assert.That(
        ChangeRisks.Of([new("aws_eip.a", "aws_eip", "delete", []), new("aws_s3_bucket.a", "aws_s3_bucket", "replace", [])]),
        Is.EqualTo(ChangeRisk.Precious));

    [Test]
    public void Of_NoChange_IsSafe() => Assert.That(ChangeRisks.Of([]), Is.EqualTo(ChangeRisk.Safe));
}
