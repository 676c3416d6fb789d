namespace Infra.Insight.Graph;

/// <summary>Connections of drawn resources, through the resources that are not drawn.</summary>
/// <param name="resources">Resources of all stacks.</param>
internal sealed class GraphConnections(GraphResources resources)
{
    private const string Role = "aws_iam_role";

    /// <summary>Parts of a drawn resource: what they refer to, it refers to.</summary>
    private static readonly HashSet<string> s_parts = new(StringComparer.Ordinal)
    {
        "aws_cognito_user_pool_client", "aws_cognito_user_pool_domain", "aws_ecs_task_definition", "aws_lb_listener",
        "aws_lb_listener_rule", "aws_lb_target_group", "aws_route", "aws_secretsmanager_secret_version", "aws_ssm_parameter",
    };

    /// <summary>Resources that connect two drawn ones, with the type of the one that requests come from.</summary>
    private static readonly Dictionary<string, string> s_connectors = new(StringComparer.Ordinal)
    {
        ["aws_lambda_event_source_mapping"] = "aws_sqs_queue",
        ["aws_route53_record"] = "aws_route53_zone",
        ["aws_s3_bucket_notification"] = "aws_s3_bucket",
        ["aws_sns_topic_subscription"] = "aws_sns_topic",
        ["aws_wafv2_web_acl_association"] = "aws_wafv2_web_acl",
    };

    /// <summary>Connections, each pair of resources once with its first kind, in the order of the addresses.</summary>
    public IEnumerable<(MappedResource From, MappedResource To, EdgeKind Kind)> All() =>
        from connection in References().Concat(Connectors()).Concat(SecurityGroups()).Concat(Permissions())
        where connection.From.Address != connection.To.Address
        group connection by (connection.From.Address, connection.To.Address) into pair
        orderby pair.Key.Item1.ToString(), pair.Key.Item2.ToString()
        select pair.MinBy(connection => connection.Kind);

    private static bool IsDrawn(MappedResource resource) => DrawnType.Of(resource.Type) is not null;

    private IEnumerable<MappedResource> Drawn => resources.All.Where(IsDrawn);

    private IEnumerable<(MappedResource From, MappedResource To, EdgeKind Kind)> References() =>
        from node in Drawn
        from target in Reached(node)
        where IsDrawn(target)
        select (node.Type, target.Type) switch
        {
            // A service refers to the load balancer that sends requests to it.
            (_, "aws_lb") when node.Type == "aws_ecs_service" => (target, node, EdgeKind.Traffic),
            ("aws_cloudfront_distribution", _) or (_, "aws_nat_gateway") => (node, target, EdgeKind.Traffic),
            _ => (node, target, EdgeKind.Reference),
        };

    private IEnumerable<(MappedResource From, MappedResource To, EdgeKind Kind)> Connectors() =>
        from connector in resources.All
        let source = s_connectors.GetValueOrDefault(connector.Type)
        where source is not null
        let targets = resources.DependsOn(connector).Where(IsDrawn).ToArray()
        from node in targets.Where(target => target.Type == source)
        from target in targets.Where(target => target.Type != source)
        select (node, target, EdgeKind.Traffic);

    /// <summary>Connections to databases that security groups allow.</summary>
    private IEnumerable<(MappedResource From, MappedResource To, EdgeKind Kind)> SecurityGroups()
    {
        ILookup<MappedAddress, MappedResource> members =
            (from node in Drawn
             from named in resources.DependsOn(node)
             where named.Type == "aws_security_group"
             select (named.Address, node)).ToLookup(pair => pair.Address, pair => pair.node);
        return from rule in resources.All
               where rule.Type == "aws_vpc_security_group_ingress_rule"
               let source = resources.Named(rule, "referenced_security_group_id")
               let target = resources.Named(rule, "security_group_id")
               where source is not null && target is not null
               from node in members[source.Address]
               from database in members[target.Address]
               where DrawnType.Of(database.Type)!.Kind == NodeKind.Data
               select (node, database, EdgeKind.Traffic);
    }

    private IEnumerable<(MappedResource From, MappedResource To, EdgeKind Kind)> Permissions()
    {
        ILookup<MappedAddress, MappedResource> users =
            (from node in Drawn from role in Reached(node) where role.Type == Role select (role.Address, node))
                .ToLookup(pair => pair.Address, pair => pair.node);
        return from policy in resources.All
               where policy.Type is "aws_iam_role_policy" or "aws_iam_role_policy_attachment"
               let role = resources.Named(policy, "role")
               where role is not null
               from target in resources.DependsOn(policy)
                   .SelectMany(named => named.Type == "aws_iam_policy" ? resources.DependsOn(named) : [named])
               where IsDrawn(target)
               from node in users[role.Address]
               select (node, target, EdgeKind.Permission);
    }

    /// <summary>Drawn resources and roles that a resource refers to, directly or through its parts.</summary>
    private List<MappedResource> Reached(MappedResource node)
    {
        var seen = new HashSet<MappedAddress> { node.Address };
        var found = new List<MappedResource>();
        var queue = new Queue<MappedResource>([node]);
        while (queue.TryDequeue(out MappedResource? at))
        {
            foreach (MappedResource next in resources.DependsOn(at).Where(next => seen.Add(next.Address)))
            {
                if (IsDrawn(next) || next.Type == Role)
                    found.Add(next);
                else if (s_parts.Contains(next.Type))
                    queue.Enqueue(next);
            }
        }

        return found;
    }
}
