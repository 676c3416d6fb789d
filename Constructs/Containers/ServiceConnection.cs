using HashiCorp.Cdktf.Providers.Aws.EcsService;

namespace Infra.Constructs.Containers;

/// <summary>
/// A service's part in Service Connect: every service of it may call, and one that is served is called.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
/// </summary>
/// <param name="NamespaceArn">Namespace that the services share.</param>
/// <param name="Served">How it is called; none where it only calls.</param>
internal sealed record ServiceConnection(string NamespaceArn, ServiceConnectAlias? Served)
{
    /// <summary>As ECS wants it; the proxy in the task logs where the service does.</summary>
    /// <param name="portName">Name of the port mapping that is called.</param>
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

/// <summary>How a service is called.</summary>
/// <param name="DiscoveryName">Its name in Cloud Map and in CloudWatch's metrics, which know no namespace.</param>
/// <param name="Host">Host in the callers' requests.</param>
/// <param name="Port">Port in the callers' requests.</param>
internal sealed record ServiceConnectAlias(string DiscoveryName, string Host, int Port);
