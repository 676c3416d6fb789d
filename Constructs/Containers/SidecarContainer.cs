using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>Sidecar containers of a service.</summary>
internal static class SidecarContainer
{
    /// <summary>The container definition.</summary>
    /// <param name="name">Name of the sidecar.</param>
    /// <param name="sidecar">Its settings from the environment file.</param>
    /// <param name="service">The service, whose log group, Region, grace period and ECS Exec setting it shares.</param>
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
