using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Discovery;

/// <summary>
/// Environment variables that tell an application where it runs and which resources it can use. Every task gets them automatically;
/// <c>docs/discovery.md</c> specifies them.
/// </summary>
internal static class DiscoveryVariables
{
    /// <summary>The plain-text variables of a service: these and those of the environment file, which have precedence.</summary>
    /// <param name="context">The deployment.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="config">The service.</param>
    /// <param name="queueNames">Names in AWS of the environment's queues.</param>
    public static IReadOnlyDictionary<string, string> With(
        DeploymentContext context, string service, ServiceConfig config, IReadOnlyDictionary<string, string> queueNames) =>
        With(context, service, config.Repository ?? service, config.Uses, config, queueNames);

    /// <summary>The plain-text variables of an application: these and those of the environment file, which have precedence.</summary>
    /// <param name="context">The deployment.</param>
    /// <param name="name">Name of the application.</param>
    /// <param name="repository">Repository of its image.</param>
    /// <param name="uses">What it uses.</param>
    /// <param name="config">Its variables.</param>
    /// <param name="queueNames">Names in AWS of the environment's queues.</param>
    public static IReadOnlyDictionary<string, string> With(
        DeploymentContext context, string name, string repository, UsesConfig uses, IVariables config,
        IReadOnlyDictionary<string, string> queueNames)
    {
        IEnumerable<KeyValuePair<string, string>> queues = QueueUse.NamesOf(uses).Select(
            queue => KeyValuePair.Create($"SQS_QUEUE_URL_{Variable(queue)}", context.QueueUrl(queueNames[queue])));
        var variables = new Dictionary<string, string>(Of(context, name, repository, uses).Concat(queues), StringComparer.Ordinal);
        // A container accepts each name only once, whatever its source.
        foreach (string given in config.Parameters.Keys.Concat(config.Secrets.Keys))
            variables.Remove(given);
        foreach ((string variable, string value) in config.Environment)
            variables[variable] = value;
        return variables;
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(DeploymentContext context, string name, string repository, UsesConfig uses)
    {
        Names names = context.Names;
        yield return new("AWS_REGION", context.Region);
        yield return new("PROJECT", names.Project);
        yield return new("ENVIRONMENT", names.Environment);
        yield return new("SERVICE", name);
        yield return new("ECR_REPOSITORY", names.Repository(repository));
        yield return new("DISCOVERY_PATH", names.Parameter(Names.DiscoveryRoot));

        string[] buckets = [.. uses.Buckets.Select(Used).Distinct()];
        if (buckets.Length > 0)
            yield return new("S3_BUCKET_NAME", names.Bucket(buckets[0]));
        foreach (string bucket in buckets)
            yield return new($"S3_BUCKET_{Variable(bucket)}", names.Bucket(bucket));
        foreach (string table in uses.Tables.Select(Used).Distinct())
            yield return new($"DYNAMODB_TABLE_{Variable(table)}", names.Table(table));
    }

    /// <summary>The resource of a use: <c>raw-data</c> for <c>raw-data:readwrite</c>.</summary>
    private static string Used(string use) => use.Split(':')[0];

    /// <summary><c>raw-data</c> as a part of a variable's name: <c>RAW_DATA</c>.</summary>
    private static string Variable(string name) => name.Replace('-', '_').ToUpperInvariant();
}
