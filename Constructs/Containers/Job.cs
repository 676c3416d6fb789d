using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SchedulerSchedule;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Containers;

/// <summary>A scheduled command: EventBridge Scheduler starts it as a separate task with the service's released image.</summary>
internal sealed class Job : Construct
{
    public Job(Construct scope, string id, JobProps props) : base(scope, id)
    {
        ServiceProps service = props.Service;
        Names names = service.Context.Names;
        JobConfig config = props.Config;
        string logicalId = $"{service.Name}_job_{props.Name}";
        TaskPlacement placement = service.Placement;
        string task = new TaskDefinition(this, "task", new TaskDefinitionProps
        {
            LogicalId = logicalId,
            Family = names.JobFamily(service.Name, props.Name),
            Size = new TaskSize(
                config.Cpu ?? service.Config.Cpu, config.MemoryMiB ?? service.Config.MemoryMiB, service.Config.Architecture),
            ExecutionRoleArn = service.Base.ExecutionRoleArn,
            TaskRoleArn = service.Base.TaskRoleArn,
            Containers = [OneOffContainer.Of(props.Name, config.Command, props.Image, service.Sources.Of(config, service.Config), service)],
        }).Arn;

        new SchedulerSchedule(this, "schedule", new SchedulerScheduleConfig
        {
            Name = names.For(NameRule.Schedule, $"{service.Name}_{props.Name}"),
            GroupName = props.Group.Name,
            Description = $"Job {props.Name} of {service.Name}",
            ScheduleExpression = config.Schedule,
            ScheduleExpressionTimezone = config.Timezone ?? "UTC",
            State = config.Enabled ? "ENABLED" : "DISABLED",
            FlexibleTimeWindow = new SchedulerScheduleFlexibleTimeWindow { Mode = "OFF" },
            KmsKeyArn = service.Context.KeyArn,
            Target = new SchedulerScheduleTarget
            {
                Arn = placement.Cluster.Arn,
                RoleArn = service.Base.JobRoleArn
                    ?? throw new ArgumentException($"base has no role that starts jobs of '{service.Name}'", nameof(props)),
                EcsParameters = new SchedulerScheduleTargetEcsParameters
                {
                    TaskDefinitionArn = task,
                    TaskCount = 1,
                    CapacityProviderStrategy = CapacityStrategy.Of(service.Config.Capacity).Select(share =>
                        new SchedulerScheduleTargetEcsParametersCapacityProviderStrategy
                        {
                            CapacityProvider = share.Provider,
                            Base = share.Base,
                            Weight = share.Weight,
                        }).ToArray(),
                    PlatformVersion = "LATEST",
                    NetworkConfiguration = new SchedulerScheduleTargetEcsParametersNetworkConfiguration
                    {
                        Subnets = [.. placement.SubnetIds],
                        SecurityGroups = [placement.SecurityGroupId],
                        AssignPublicIp = false,
                    },
                    EnableEcsManagedTags = true,
                    PropagateTags = "TASK_DEFINITION",
                },
                // Starting the task is retried for an hour. A command that fails is not run again, because it may have done half of its
                // work.
                RetryPolicy = new SchedulerScheduleTargetRetryPolicy { MaximumRetryAttempts = 10, MaximumEventAgeInSeconds = 3600 },
            },
            DependsOn = [.. placement.Prerequisites],
        }).Named(logicalId);
    }
}

internal sealed record JobProps
{
    /// <summary>Name of the job in the environment file.</summary>
    public required string Name { get; init; }

    /// <summary>Schedule and command.</summary>
    public required JobConfig Config { get; init; }

    /// <summary>Service that it belongs to.</summary>
    public required ServiceProps Service { get; init; }

    /// <summary>Image that it runs.</summary>
    public required ReleasedImage Image { get; init; }

    /// <summary>Group that its schedule belongs to.</summary>
    public required JobGroup Group { get; init; }
}
