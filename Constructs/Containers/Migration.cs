using Constructs;
using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Constructs.Containers;

/// <summary>
/// The task that a release runs once with the new image, before the new version receives requests. Only its own execution role can read the
/// secrets that only a migration needs, such as the database's master secret.
/// </summary>
internal sealed class Migration : Construct
{
    /// <summary>Name of its container; a release replaces the image of this container.</summary>
    public const string Container = "migration";

    public Migration(Construct scope, string id, MigrationProps props) : base(scope, id)
    {
        ServiceProps service = props.Service;
        MigrationConfig config = props.Config;
        Family = service.Context.Names.MigrationFamily(service.Name);
        IReadOnlyList<CreatedDatabaseUser> users = CreatedDatabaseUser.Of(service.Config);
        TaskDefinitionArn = new TaskDefinition(this, "task", new TaskDefinitionProps
        {
            LogicalId = $"{service.Name}_migration",
            Family = Family,
            Size = new TaskSize(
                config.Cpu ?? service.Config.Cpu, config.MemoryMiB ?? service.Config.MemoryMiB, service.Config.Architecture),
            ExecutionRoleArn = service.Base.MigrationRoleArn
                ?? throw new ArgumentException($"base has no role that starts the migration of '{service.Name}'", nameof(props)),
            TaskRoleArn = service.Base.TaskRoleArn,
            Containers =
            [
                OneOffContainer.Of(Container, config.Command, props.Image, service.Sources.Of(config, service.Config), service) with
                {
                    DependsOn = users.ToDictionary(user => user.Container, _ => ContainerCondition.Success),
                },
                .. users.Select(user => DatabaseUserContainer.Of(user, props.Databases[user.Database], config, service)),
            ],
        }).Arn;
    }

    /// <summary>Family of its task definition.</summary>
    public string Family { get; }

    /// <summary>Task definition revision of the last deployment.</summary>
    public string TaskDefinitionArn { get; }
}

/// <param name="Config">Command and its settings.</param>
/// <param name="Service">Service that it belongs to.</param>
/// <param name="Image">Image of the service.</param>
/// <param name="Databases">Databases of the environment, whose users it may create.</param>
internal sealed record MigrationProps(
    MigrationConfig Config, ServiceProps Service, ReleasedImage Image, IReadOnlyDictionary<DatabaseName, DatabaseConfig> Databases);
