namespace Infra.Insight.Costs;

/// <summary>Estimated monthly cost of an environment's stacks: always on, and with its schedule.</summary>
/// <param name="Lines">Resources that are charged per hour or month.</param>
/// <param name="NotCounted">Resources that are charged by use, or have no price in the file.</param>
/// <param name="Hours">Hours in which runtime, or its tasks, are up.</param>
public sealed record Estimate(IReadOnlyList<CostLine> Lines, IReadOnlyList<Uncounted> NotCounted, Hours Hours)
{
    private static readonly Dictionary<string, string> ByUse = new(StringComparer.Ordinal)
    {
        ["aws_nat_gateway"] = "0.045 USD per GB processed",
        ["aws_lb"] = "0.008 USD per capacity unit and hour",
        ["aws_ecs_cluster"] = "metrics of Container Insights, where it is on",
        ["aws_s3_bucket"] = "storage and requests",
        ["aws_dynamodb_table"] = "reads, writes and storage",
        ["aws_ecr_repository"] = "storage of images",
        ["aws_cloudwatch_log_group"] = "0.50 USD per GB ingested, and storage",
        ["aws_cloudfront_distribution"] = "requests and data",
        ["aws_cognito_user_pool"] = "monthly active users",
        ["aws_codebuild_project"] = "build minutes",
        ["aws_codepipeline"] = "action minutes",
        ["aws_lambda_function"] = "invocations and their duration",
        ["aws_backup_plan"] = "storage of backups",
        ["aws_guardduty_detector"] = "events analyzed",
        // https://aws.amazon.com/guardduty/pricing/
        ["aws_guardduty_detector_feature"] = "Runtime Monitoring: 1.50 USD per vCPU of running tasks and month",
        // https://aws.amazon.com/cloudwatch/pricing/
        ["aws_cloudwatch_query_definition"] = "0.005 USD per GB that a search scans; saving a query is free",
        ["aws_securityhub_account"] = "0.001 USD per check, less for large numbers",
        ["aws_cloudtrail"] = "the first copy of an account's management events is free, further copies 2 USD per 100,000 events; storage",
        ["aws_config_configuration_recorder"] = "0.003 USD per configuration item recorded; storage",
        ["aws_wafv2_web_acl"] = "0.60 USD per million requests",
        ["aws_sns_topic"] = "messages",
        ["aws_sqs_queue"] = "0.40 USD per million requests, FIFO 0.50; the first million per month is free",
        ["aws_scheduler_schedule"] = "invocations; 14 million per month are free",
        ["aws_cloudformation_stack"] = "what it creates (an agent's runtime: its run time)",
        ["aws_budgets_budget"] = "the first two per account are free",
    };

    /// <summary>US dollars per month, always on.</summary>
    public decimal AlwaysUsd => Lines.Sum(line => line.AlwaysUsd);

    /// <summary>US dollars per month with the schedule.</summary>
    public decimal ScheduledUsd => Lines.Sum(line => line.ScheduledUsd);

    /// <summary>Fraction saved on the resources that the schedule affects, 0 to 1.</summary>
    public decimal SavedOnScheduled => Part(Lines.Where(line => line.IsScheduled));

    /// <summary>Fraction saved on all resources, 0 to 1.</summary>
    public decimal Saved => Part(Lines);

    /// <summary>The estimate of an environment.</summary>
    /// <param name="stacks">Its stacks; of bootstrap only account-wide monitoring is listed.</param>
    /// <param name="prices">Prices.</param>
    public static Estimate Of(IReadOnlyList<StackJson> stacks, PriceList prices)
    {
        StackJson[] own = [.. stacks.Where(stack => stack.Name != "bootstrap")];
        Hours hours = Hours.Of(own);
        var meter = new Meter(prices, own);
        var lines = new List<CostLine>();
        var unknown = new List<Uncounted>();
        foreach (StackJson stack in own)
            foreach (StackElement resource in stack.Resources)
            {
                decimal share = hours.TakesAway(stack.Name, resource) ? hours.Share : 1;
                foreach ((string what, decimal usd) in meter.Of(stack, resource))
                    lines.Add(new CostLine(stack.Name, resource.Address, what, usd, usd * share));
                if (SizeWithoutPrice(resource, prices) is { } size)
                    unknown.Add(new Uncounted(resource.Type, 1, $"{size} has no price in prices.json") { LacksPrice = true });
            }

        int traced = own.SelectMany(stack => stack.Resources).Count(SendsTraces);
        if (traced > 0)
            // https://aws.amazon.com/xray/pricing/
            unknown.Add(new Uncounted("aws_ecs_task_definition", traced, "traces: 5 USD per million recorded, 100,000 per month are free"));
        IEnumerable<Uncounted> byUse = own.SelectMany(stack => stack.Resources).Concat(OfAccount(stacks)).GroupBy(resource => resource.Type)
            .Where(type => ByUse.ContainsKey(type.Key))
            .Select(type => new Uncounted(type.Key, type.Count(), ByUse[type.Key]));
        return new Estimate(
            [.. lines.Where(line => line.AlwaysUsd > 0)], [.. unknown.Concat(byUse).OrderBy(item => item.Type, StringComparer.Ordinal)],
            hours);
    }

    // Turned on for the whole account by the environment file, and charged by activity in the account.
    private static readonly string[] PaidByAccount =
    [
        "aws_cloudtrail", "aws_config_configuration_recorder", "aws_guardduty_detector", "aws_guardduty_detector_feature",
        "aws_securityhub_account",
    ];

    private static IEnumerable<StackElement> OfAccount(IReadOnlyList<StackJson> stacks) =>
        stacks.Where(stack => stack.Name == "bootstrap").SelectMany(stack => stack.Resources)
            .Where(resource => PaidByAccount.Contains(resource.Type));

    private static bool SendsTraces(StackElement resource) => resource.Type == "aws_ecs_task_definition"
        && resource.Text("container_definitions")?.Contains("\"name\":\"otel-collector\"", StringComparison.Ordinal) == true;

    private static string? SizeWithoutPrice(StackElement resource, PriceList prices) => resource.Type switch
    {
        "aws_db_instance" when resource.Text("instance_class") is { } size && prices.Find($"database-{size}-hour") is null => size,
        "aws_instance" when resource.Text("instance_type") is { } size && prices.Find($"instance-{size}-hour") is null => size,
        _ => null,
    };

    private static decimal Part(IEnumerable<CostLine> lines)
    {
        CostLine[] all = [.. lines];
        decimal always = all.Sum(line => line.AlwaysUsd);
        return always == 0 ? 0 : 1 - all.Sum(line => line.ScheduledUsd) / always;
    }
}
