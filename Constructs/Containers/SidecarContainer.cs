using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>Containers beside a service's own.</summary>
internal static class SidecarContainer
{
    /// <summary>The container as ECS wants it.</summary>
    /// <param name="name">Name of the sidecar.</param>
    /// <param name="sidecar">What the environment file says of it.</param>
    /// <param name="service">The service, whose log group, region, grace and shells it shares.</param>
    public static ContainerDefinition Of(string name, SidecarConfig sidecar, ServiceProps service) => new()
    {
        Name = name,
        IsOwn = false,
        Image = TerraformText.Literal(sidecar.Image),
        Command = sidecar.Command.Count == 0 ? null : new JArray(sidecar.Command.Select(TerraformText.Literal)),
        Port = sidecar.Port,
        Essential = sidecar.Essential,
        Cpu = sidecar.Cpu,
        MemoryMiB = sidecar.MemoryMiB,
        User = sidecar.User,
        ReadOnlyRoot = sidecar.ReadOnlyRoot,
        TmpMiB = sidecar.TmpMiB,
        Exec = service.Config.Exec,
        Health = ContainerDefinition.HealthCheck(sidecar.HealthCommand, service.Config.HealthGraceSeconds),
        DependsOn = sidecar.DependsOn,
        LogGroup = service.Base.LogGroup,
        Region = service.Context.Region,
        Variables = service.Sources.Of(sidecar),
    };
}
