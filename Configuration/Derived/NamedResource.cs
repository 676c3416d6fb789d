using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Naming;

namespace Infra.Configuration.Derived;

/// <summary>A resource of a kind whose names an environment file can set.</summary>
/// <param name="Setting">Setting of <c>naming</c> with the pattern of its name.</param>
/// <param name="Path">Section of the file that it belongs to.</param>
/// <param name="Rule">Limits of its name.</param>
/// <param name="Name">Its name.</param>
internal sealed record NamedResource(string Setting, string Path, NameRule Rule, string Name)
{
    /// <summary>All of them in an environment.</summary>
    public static IEnumerable<NamedResource> Of(EnvironmentConfig config, Names names)
    {
        if (config.Services.Count > 0)
        {
            yield return new("cluster", "services", NameRule.Ecs, names.Cluster);
            yield return new("loadBalancer", "services", NameRule.LoadBalancer, names.LoadBalancer);
        }
        foreach (NamedResource resource in config.Services.SelectMany(service => OfService(service.Key, service.Value, names)))
            yield return resource;
        if (config.GitHub is not null)
            yield return new("deliveryRole", "github", NameRule.IamRole, names.DeliveryRole);
        if (config.Identity is not null)
        {
            yield return new("userPool", "identity", NameRule.UserPool, names.UserPool);
            yield return new("userPoolClient", "identity", NameRule.UserPoolClient, names.UserPoolClient);
        }
        yield return new("topic", "observability", NameRule.Topic, names.Topic("alerts"));
        if (config.Budget is not null)
            yield return new("budget", "budget", NameRule.Budget, names.Budget);
        foreach ((string path, DatabaseName name, _) in AllDatabases.Of(config))
            yield return new("database", path, NameRule.Database, names.Database(name.Purpose));
        foreach (string name in config.Tables.Keys)
            yield return new("table", ConfigPath.Join("tables", name), NameRule.Table, names.Table(name));
    }

    private static IEnumerable<NamedResource> OfService(string name, ServiceConfig config, Names names)
    {
        string path = ConfigPath.Join("services", name);
        yield return new("service", path, NameRule.Ecs, names.Service(name));
        foreach (string job in config.Jobs.Keys)
            yield return new("service", $"{path}.jobs.{job}", NameRule.Ecs, names.JobFamily(name, job));
        if (config.Migration is not null)
            yield return new("service", $"{path}.migration", NameRule.Ecs, names.MigrationFamily(name));
        yield return new("targetGroup", path, NameRule.TargetGroup, names.TargetGroup(name));
        yield return new("executionRole", path, NameRule.IamRole, names.ExecutionRole(name));
        yield return new("taskRole", path, NameRule.IamRole, names.TaskRole(name));
    }
}
