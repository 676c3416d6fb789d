namespace Infra.Constructs.Containers;

/// <summary>The container of a task that runs one command of a service's image and exits: a job or a migration.</summary>
internal static class OneOffContainer
{
    /// <summary>The container definition.</summary>
    /// <param name="name">Name of the container, and prefix of its log streams.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="image">Image of the service.</param>
    /// <param name="variables">Its environment variables.</param>
    /// <param name="service">Service that it belongs to.</param>
    public static ContainerDefinition Of(
        string name, IReadOnlyList<string> command, ReleasedImage image, ContainerVariables variables, ServiceProps service) => new()
        {
            Name = name,
            Image = image.Image,
            Command = image.Run(command),
            User = service.Config.User,
            ReadOnlyRoot = service.Config.ReadOnlyRoot,
            TmpMiB = service.Config.TmpMiB,
            LogGroup = service.Base.LogGroup,
            Region = service.Context.Region,
            Variables = variables,
        };
}
