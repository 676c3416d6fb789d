using Infra.Operations.Terraform;

namespace Infra.Operations.Plans;

/// <summary>
/// Types of resources that hold data, or are an identity that others have stored: destroying one loses what Terraform cannot recreate.
/// </summary>
internal static class DataResources
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["aws_acm_certificate"] = "clients see errors until another certificate is validated",
        ["aws_backup_vault"] = "its recovery points",
        ["aws_cloudfront_distribution"] = "its domain name, which DNS records outside refer to",
        ["aws_cloudwatch_log_group"] = "its logs",
        ["aws_cognito_user_pool"] = "its users, and the IDs by which applications know them",
        ["aws_db_instance"] = "the data of its databases",
        ["aws_dynamodb_table"] = "its items",
        ["aws_ebs_volume"] = "its files",
        ["aws_ecr_repository"] = "its images, which releases refer to by digest",
        ["aws_efs_file_system"] = "its files",
        ["aws_elasticache_replication_group"] = "its data",
        ["aws_kms_key"] = "everything that is encrypted with it",
        ["aws_opensearch_domain"] = "its indexes",
        ["aws_rds_cluster"] = "the data of its databases",
        ["aws_redshift_cluster"] = "the data of its databases",
        ["aws_route53_zone"] = "its name servers, which the registrar or the parent zone refers to",
        ["aws_s3_bucket"] = "its objects",
        ["aws_secretsmanager_secret"] = "its values",
        ["aws_sqs_queue"] = "its messages",
        ["aws_subnet"] = "everything in it is recreated",
        ["aws_vpc"] = "everything in it is recreated",
    };

    // Of the release ledger: Terraform creates these parameters, releases write them.
    private static readonly string[] Ledgers = ["aws_ssm_parameter.release-", "aws_ssm_parameter.layer-"];

    /// <summary>What is lost when the resource is destroyed; null if it can be recreated.</summary>
    public static string? LossOf(ResourceChange change) =>
        change.Type == "aws_ssm_parameter"
            ? Ledgers.Any(prefix => change.Address.StartsWith(prefix, StringComparison.Ordinal))
                ? "which image or version is released, and its history"
                : change.Kind == "SecureString" ? "its value, which an operator has set" : null
            : Types.GetValueOrDefault(change.Type);
}
