namespace Infra.Policies.Documents;

/// <summary>
/// ARN formats by resource type and attribute: <c>{name}</c> is an argument of the resource, <c>{}</c> is known only after apply. A type
/// that is missing here has an ARN that matches anything, so that a rule misses problems, but reports no wrong ones.
/// </summary>
internal static class ResourceArns
{
    private static readonly Dictionary<(string Type, string Attribute), string> s_forms = new()
    {
        [("aws_backup_vault", "arn")] = "arn:aws:backup:{}:{}:backup-vault:{name}",
        [("aws_cloudfront_distribution", "arn")] = "arn:aws:cloudfront::{}:distribution/{}",
        [("aws_cloudwatch_event_rule", "arn")] = "arn:aws:events:{}:{}:rule/{name}",
        [("aws_cloudwatch_log_group", "arn")] = "arn:aws:logs:{}:{}:log-group:{name}",
        [("aws_codebuild_project", "arn")] = "arn:aws:codebuild:{}:{}:project/{name}",
        [("aws_codepipeline", "arn")] = "arn:aws:codepipeline:{}:{}:{name}",
        [("aws_cognito_user_pool", "arn")] = "arn:aws:cognito-idp:{}:{}:userpool/{}",
        [("aws_db_instance", "arn")] = "arn:aws:rds:{}:{}:db:{identifier}",
        [("aws_db_instance", "master_user_secret.secret_arn")] = "arn:aws:secretsmanager:{}:{}:secret:{}",
        [("aws_dynamodb_table", "arn")] = "arn:aws:dynamodb:{}:{}:table/{name}",
        [("aws_ecr_repository", "arn")] = "arn:aws:ecr:{}:{}:repository/{name}",
        [("aws_ecs_cluster", "arn")] = "arn:aws:ecs:{}:{}:cluster/{name}",
        [("aws_iam_openid_connect_provider", "arn")] = "arn:aws:iam::{}:oidc-provider/{}",
        [("aws_iam_policy", "arn")] = "arn:aws:iam::{}:policy/{name}",
        [("aws_iam_role", "arn")] = "arn:aws:iam::{}:role/{name}",
        [("aws_kms_key", "arn")] = "arn:aws:kms:{}:{}:key/{}",
        [("aws_lambda_function", "arn")] = "arn:aws:lambda:{}:{}:function:{function_name}",
        [("aws_lb", "arn")] = "arn:aws:elasticloadbalancing:{}:{}:loadbalancer/app/{name}/{}",
        [("aws_lb_target_group", "arn")] = "arn:aws:elasticloadbalancing:{}:{}:targetgroup/{name}/{}",
        [("aws_s3_bucket", "arn")] = "arn:aws:s3:::{bucket}",
        [("aws_scheduler_schedule_group", "arn")] = "arn:aws:scheduler:{}:{}:schedule-group/{name}",
        [("aws_secretsmanager_secret", "arn")] = "arn:aws:secretsmanager:{}:{}:secret:{name}-{}",
        [("aws_sns_topic", "arn")] = "arn:aws:sns:{}:{}:{name}",
        [("aws_sqs_queue", "arn")] = "arn:aws:sqs:{}:{}:{name}",
        // A name may begin with a slash, which the ARN contains in any case.
        [("aws_ssm_parameter", "arn")] = "arn:aws:ssm:{}:{}:parameter/{}",
    };

    /// <summary>Format of an attribute's value; none if it is not known to be an ARN.</summary>
    public static string? Of(string type, string attribute) =>
        s_forms.TryGetValue((type, attribute), out string? form) ? form : attribute == "arn" ? "{}" : null;
}
