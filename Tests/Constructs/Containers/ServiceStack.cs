using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Foundation;
using Infra.Constructs.LoadBalancing;
using Infra.Contracts;
using Infra.Naming;
using Infra.Tests.Support;

namespace Infra.Tests.Constructs.Containers;

/// <summary>A stack with one service, its jobs and its migration, and only what they need.</summary>
internal static class ServiceStack
{
    public static ServiceConfig Config { get; } = new() { Cpu = 256, MemoryMiB = 512, Port = 8000, Desired = 1 };

    private static readonly string[] Subnets = ["private-1", "private-2"];

    public static SynthesizedStack Synthesize(ServiceConfig config, Func<ServiceProps, ServiceProps>? change = null) =>
        SynthesizedStack.Of(stack =>
    {
        DeploymentContext context = SynthesizedStack.Context();
        var cluster = new Cluster(stack, "cluster", new ClusterProps(context, ContainerInsights.Enabled));
        var props = new ServiceProps
        {
            Context = context,
            Name = "backend",
            Config = config with
            {
                Environment = new Dictionary<string, string> { ["COLOR"] = "red" },
                Secrets = new Dictionary<string, string> { ["KEY"] = "key" }
            },
            Placement = new TaskPlacement(cluster, Subnets, "sg-ecs"),
            Base = new ServiceBaseResources(
                "repo.example.com/acme/backend", "arn:execution", "arn:task", "/ecs/acme-dev-backend", "/dev/acme/releases/backend")
            {
                JobRoleArn = "arn:jobs",
                MigrationRoleArn = "arn:migration",
            },
            Sources = new VariableSources(
                context, new Dictionary<string, string> { ["key"] = "arn:key", ["database-master"] = "arn:master" }),
            Target = !config.IsListening ? null : new ServiceTarget(stack, "target", new ServiceTargetProps
            {
                Context = context,
                Service = "backend",
                VpcId = "vpc-1",
                Listener = new TargetListener("listener-1", "app/acme/1"),
                Priority = 15001,
                HostName = "api.example.com",
                Paths = [],
                HealthPath = config.HealthPath,
                DeregistrationDelaySeconds = config.DeregistrationDelaySeconds,
            }),
        };
        props = change?.Invoke(props) ?? props;
        var service = new Service(stack, "service-backend", props);
        foreach ((string name, JobConfig job) in config.Jobs)
            _ = new Job(stack, $"job-{name}", new JobProps
            {
                Name = name,
                Config = job,
                Service = props,
                Image = service.Image,
                Group = new JobGroup(stack, "jobs", new JobGroupProps(context, [context.Names.JobFamily("backend", name)], "arn:alerts")),
            });
        if (config.Migration is { } migration)
            _ = new Migration(
                stack, "migration", new MigrationProps(migration, props, service.Image, new Dictionary<DatabaseName, DatabaseConfig>()));
    });
}
