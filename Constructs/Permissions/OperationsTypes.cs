using Infra.Naming;
using static Infra.Constructs.Permissions.Grant;

namespace Infra.Constructs.Permissions;

/// <summary>
/// Permissions for resource types of monitoring, notification, cost and identity: logs, alarms, topics, events, the budget, Slack, Cognito,
/// roles.
/// </summary>
internal static class OperationsTypes
{
    public static IEnumerable<TypePermissions> Of(OwnResources own) =>
        Logs(own).Concat(Deliveries(own)).Concat(Metrics(own)).Concat(Notices(own)).Concat(Identity(own)).Concat(Roles(own));

    private static IEnumerable<TypePermissions> Logs(OwnResources own)
    {
        string prefix = own.Context.Names.Prefix;
        Scope groups = own.Named("logs",
        [
            .. own.Names(NameRule.Ecs, "log-group:/ecs/{0}").Skip(1), $"log-group:/ecs/{own.Context.Names.Cluster}/*",
                $"log-group:/vpc/{prefix}/*", $"log-group:/aws/rds/instance/{prefix}-*",
            $"log-group:/aws/codebuild/{prefix}-*", $"log-group:/aws/lambda/{prefix}-*",
                $"log-group:{own.Context.Names.FirewallLogGroup}", $"log-group:{own.Context.Names.FirewallLogGroup}:*",
        ]);
        yield return new("aws_cloudwatch_log_group",
            Write(groups, "logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy",
                "logs:DisassociateKmsKey", "logs:PutRetentionPolicy",
                "logs:TagResource", "logs:UntagResource"),
            Read(groups, "logs:ListTagsForResource"), Read(Scope.Any, "logs:DescribeLogGroups"),
            Use("logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"));
        // Saved queries have no resource-level permissions.
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
        yield return new("aws_cloudwatch_query_definition",
            Write(Scope.Any, "logs:DeleteQueryDefinition", "logs:PutQueryDefinition"), Read(Scope.Any, "logs:DescribeQueryDefinitions"));
    }

    /// <summary>CloudFront's log deliveries are configured in us-east-1, wherever the environment is.</summary>
    private static IEnumerable<TypePermissions> Deliveries(OwnResources own)
    {
        string account = $"arn:aws:logs:{OwnResources.GlobalRegion}:{own.Context.Account}";
        Scope sources = Arns("delivery-source");
        Scope destinations = Arns("delivery-destination");
        Scope named = sources with { Resources = [.. sources.Resources, .. destinations.Resources] };
        string deliveries = $"{account}:delivery:*";
        yield return new("aws_cloudwatch_log_delivery_source",
            Write(sources, "logs:DeleteDeliverySource", "logs:PutDeliverySource", "logs:TagResource", "logs:UntagResource"),
            Write(own.TaggedArns(own.Context.GlobalArn("cloudfront", "distribution/*")), "cloudfront:AllowVendedLogDeliveryForResource"),
            Read(sources, "logs:GetDeliverySource", "logs:ListTagsForResource"));
        yield return new("aws_cloudwatch_log_delivery_destination",
            Write(destinations, "logs:DeleteDeliveryDestination", "logs:PutDeliveryDestination", "logs:TagResource", "logs:UntagResource"),
            Read(destinations, "logs:GetDeliveryDestination", "logs:ListTagsForResource"));
        yield return new("aws_cloudwatch_log_delivery",
            Write(named, "logs:CreateDelivery"), Write(new Scope("New", [deliveries], own.NewAnything.Conditions), "logs:CreateDelivery",
                "logs:TagResource"),
            Write(own.TaggedArns(deliveries), "logs:DeleteDelivery", "logs:TagResource", "logs:UntagResource",
                "logs:UpdateDeliveryConfiguration"),
            Read(OwnResources.AllArns(deliveries), "logs:GetDelivery", "logs:ListTagsForResource"));

        Scope Arns(string kind) => new("Own", [.. own.Names(NameRule.LogDelivery, $"{account}:{kind}:{{0}}").Skip(1)]);
    }

    private static IEnumerable<TypePermissions> Metrics(OwnResources own)
    {
        Scope alarms = own.Named("cloudwatch", own.Names(NameRule.Alarm, "alarm:{0}").Skip(1));
        // Dashboards have no region. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
        Scope dashboards = own.NamedGlobally("cloudwatch", own.Names(NameRule.Dashboard, "dashboard/{0}"));
        yield return new("aws_cloudwatch_metric_alarm",
            Write(alarms, "cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"),
            Read(own.All("cloudwatch", "alarm:*"), "cloudwatch:DescribeAlarms"), Read(alarms, "cloudwatch:ListTagsForResource"))
        {
            // CloudWatch uses events to recover an instance that fails its status checks.
            ServiceLinkedRoles = ["events.amazonaws.com"],
        };
        yield return new("aws_cloudwatch_dashboard",
            Write(dashboards, "cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"), Read(dashboards, "cloudwatch:GetDashboard"));
    }

    private static IEnumerable<TypePermissions> Notices(OwnResources own)
    {
        Scope topics = own.Named("sns", own.Names(NameRule.Topic).Skip(1));
        Scope rules = own.Named("events", own.Names(NameRule.EventRule, "rule/{0}").Skip(1));
        Scope budgets = own.NamedGlobally("budgets", own.Context.Names.NamesBudget
            ? [$"budget/{own.Context.Names.Budget}"]
            : own.Names(NameRule.Budget, "budget/{0}").Skip(1));
        Scope channels = own.NamedGlobally("chatbot", own.Names(NameRule.ChatChannel, "chat-configuration/slack-channel/{0}").Skip(1));
        yield return new("aws_sns_topic",
            Write(topics, "sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"),
            Read(topics, "sns:GetTopicAttributes", "sns:ListTagsForResource"), Use("sns:Publish"));
        yield return new("aws_sns_topic_policy", Write(topics, "sns:SetTopicAttributes"), Read(topics, "sns:GetTopicAttributes"));
        yield return new("aws_sns_topic_subscription",
            Write(topics, "sns:SetSubscriptionAttributes", "sns:Subscribe", "sns:Unsubscribe"), Read(topics,
                "sns:GetSubscriptionAttributes"));
        yield return new("aws_cloudwatch_event_rule",
            Write(rules, "events:DeleteRule", "events:DisableRule", "events:EnableRule", "events:PutRule", "events:TagResource",
                "events:UntagResource"),
            Read(rules, "events:DescribeRule", "events:ListTagsForResource"));
        yield return new("aws_cloudwatch_event_target", Write(rules, "events:PutTargets", "events:RemoveTargets"), Read(rules,
            "events:ListTargetsByRule"));
        yield return new("aws_budgets_budget",
            Write(budgets, "budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"), Read(budgets,
                "budgets:ListTagsForResource", "budgets:ViewBudget"));
        yield return new("aws_chatbot_slack_channel_configuration",
            Write(own.NewAnything, "chatbot:CreateSlackChannelConfiguration"),
            Write(channels, "chatbot:DeleteSlackChannelConfiguration", "chatbot:TagResource", "chatbot:UntagResource",
                "chatbot:UpdateSlackChannelConfiguration"),
            Read(Scope.Any, "chatbot:DescribeSlackChannelConfigurations"))
        {
            PassedTo = ["chatbot.amazonaws.com"],
            ServiceLinkedRoles = ["management.chatbot.amazonaws.com"],
        };
    }

    private static IEnumerable<TypePermissions> Identity(OwnResources own)
    {
        Scope pools = own.Tagged("cognito-idp", "userpool/*");
        yield return new("aws_cognito_user_pool",
            Write(own.NewAnything, "cognito-idp:CreateUserPool"), Write(own.Untagged(own.Context.Arn("cognito-idp", "userpool/*")),
                "cognito-idp:TagResource"),
            Write(pools, "cognito-idp:DeleteUserPool", "cognito-idp:SetUserPoolMfaConfig", "cognito-idp:TagResource",
                "cognito-idp:UntagResource", "cognito-idp:UpdateUserPool"),
            Read(own.All("cognito-idp", "userpool/*"), "cognito-idp:DescribeUserPool", "cognito-idp:GetUserPoolMfaConfig"));
        yield return new("aws_cognito_user_pool_client",
            Write(pools, "cognito-idp:CreateUserPoolClient", "cognito-idp:DeleteUserPoolClient", "cognito-idp:UpdateUserPoolClient"),
            ReadSecret(pools, "cognito-idp:DescribeUserPoolClient"));
        yield return new("aws_cognito_user_pool_domain",
            Write(pools, "cognito-idp:CreateUserPoolDomain", "cognito-idp:DeleteUserPoolDomain", "cognito-idp:UpdateUserPoolDomain"),
                Read(Scope.Any, "cognito-idp:DescribeUserPoolDomain"));
        yield return new("aws_cognito_identity_provider",
            Write(pools, "cognito-idp:CreateIdentityProvider", "cognito-idp:DeleteIdentityProvider", "cognito-idp:UpdateIdentityProvider"),
            ReadSecret(pools, "cognito-idp:DescribeIdentityProvider"));
    }

    // Creating and changing roles has its own conditions: ApplyPermissions.Roles.
    private static IEnumerable<TypePermissions> Roles(OwnResources own)
    {
        Scope roles = own.NamedGlobally("iam", own.Names(NameRule.IamRole, "role/{0}").Skip(1));
        yield return new("aws_iam_role",
            Read(roles, "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
                "iam:ListRolePolicies"));
        yield return new("aws_iam_role_policy", Read(roles, "iam:GetRolePolicy"));
        yield return new("aws_iam_role_policy_attachment", Read(roles, "iam:ListAttachedRolePolicies"));
    }
}
