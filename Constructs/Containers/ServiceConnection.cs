using HashiCorp.Cdktf.Providers.Aws.EcsService;

namespace Infra.Constructs.Containers;

/// <summary>
/// Service Connect configuration of a service: every service in it can call others; a service with an alias can be called.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
/// </summary>
/// <param name="NamespaceArn">Namespace that the services share.</param>
/// <param name="Served">Its alias; none if it only calls others.</param>
internal sealed record ServiceConnection(string NamespaceArn, ServiceConnectAlias? Served)
{
    /// <summary>The ECS configuration; the proxy in the task logs to the service's log group.</summary>
    /// <param name="portName">Name of the port mapping that callers use.</param>
    /// <param name="logGroup">Log group of the service.</param>
    /// <param name="region">Region of the log group.</param>
    public EcsServiceServiceConnectConfiguration Configuration(string portName, string logGroup, string region) => new()
    {
        Enabled = true,
        Namespace = NamespaceArn,
        LogConfiguration = new EcsServiceServiceConnectConfigurationLogConfiguration
        {
            LogDriver = "awslogs",
            Options = new Dictionary<string, string>
            {
                ["awslogs-group"] = logGroup,
                ["awslogs-region"] = region,
                ["awslogs-stream-prefix"] = "service-connect",
            },
        },
        Service = Served is null ? null : new[]
        {
            new EcsServiceServiceConnectConfigurationService
            {
                PortName = portName,
                DiscoveryName = Served.DiscoveryName,
                ClientAlias = new EcsServiceServiceConnectConfigurationServiceClientAlias { DnsName = Served.Host, Port = Served.Port },
            },
        },
    };
}

/// <summary>Name and port under which callers reach a service.</summary>
/// <param name="DiscoveryName">Its name in Cloud Map and in CloudWatch metrics, which do not include the namespace.</param>
/// <param name="Host">Host name in callers' requests.</param>
/// <param name="Port">Port in callers' requests.</param>
internal sealed record ServiceConnectAlias(string DiscoveryName, string Host, int Port);
