namespace Infra.Configuration.Reading;

/// <summary>Keys that users of other tools expect, and the keys that these have here.</summary>
internal static class KeySynonyms
{
    // Words as they are written elsewhere, without case and separators: Docker Compose, Copilot, SST, CDK, Terraform, CloudFormation.
    private static readonly Dictionary<string, string[]> Keys = new(StringComparer.Ordinal)
    {
        ["alarms"] = ["observability"],
        ["apps"] = ["services"],
        ["args"] = ["command"],
        ["auth"] = ["identity"],
        ["cloudfront"] = ["sites"],
        ["cmd"] = ["command"],
        ["cognito"] = ["identity"],
        ["containers"] = ["services", "sidecars"],
        ["containerport"] = ["port"],
        ["count"] = ["desired"],
        ["cron"] = ["jobs", "schedule"],
        ["crons"] = ["jobs"],
        ["db"] = ["database"],
        ["deadletter"] = ["deadLetterQueue"],
        ["desiredcount"] = ["desired"],
        ["dlq"] = ["deadLetterQueue"],
        ["domainname"] = ["domain", "host"],
        ["dynamo"] = ["tables"],
        ["dynamodb"] = ["tables"],
        ["ecr"] = ["repositories", "repository"],
        ["env"] = ["environment"],
        ["envvars"] = ["environment"],
        ["frontend"] = ["sites"],
        ["hostname"] = ["host"],
        ["iam"] = ["uses"],
        ["image"] = ["repository"],
        ["images"] = ["repositories"],
        ["instancetype"] = ["instanceClass"],
        ["kms"] = ["encryption", "security"],
        ["link"] = ["uses"],
        ["logs"] = ["observability"],
        ["maximum"] = ["max"],
        ["maxcapacity"] = ["max", "autoscaling"],
        ["maxreceivecount"] = ["maxReceives"],
        ["mincapacity"] = ["min", "autoscaling"],
        ["minimum"] = ["min"],
        ["monitoring"] = ["observability"],
        ["permissions"] = ["uses"],
        ["postgres"] = ["database"],
        ["postgresql"] = ["database"],
        ["queue"] = ["queues"],
        ["rds"] = ["database"],
        ["replicas"] = ["desired"],
        ["route"] = ["paths"],
        ["routes"] = ["paths"],
        ["s3"] = ["buckets"],
        ["scaling"] = ["autoscaling"],
        ["spot"] = ["capacity"],
        ["sqs"] = ["queues"],
        ["ssm"] = ["parameters"],
        ["storage"] = ["storageGiB", "buckets"],
        ["subnets"] = ["network"],
        ["users"] = ["identity"],
        ["variables"] = ["environment"],
        ["volumes"] = ["readOnlyRoot"],
        ["vpc"] = ["network"],
        ["waf"] = ["security"],
        ["website"] = ["sites"],
        ["websites"] = ["sites"],
    };

    /// <summary>All keys that this class suggests.</summary>
    public static IEnumerable<string> Suggested => Keys.Values.SelectMany(keys => keys);

    /// <summary>The first of the available keys that the word means; none if it means none of them.</summary>
    public static string? Of(string word, IReadOnlyCollection<string> available) =>
        Keys.GetValueOrDefault(string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant())
            ?.FirstOrDefault(key => available.Contains(key));
}
