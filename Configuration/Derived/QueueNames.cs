using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Configuration.Derived;

/// <summary>Names in AWS of an environment's queues.</summary>
public static class QueueNames
{
    /// <summary>Names in AWS, by name in the environment file.</summary>
    public static IReadOnlyDictionary<string, string> Of(EnvironmentConfig config, Names names) =>
        config.Queues.ToDictionary(queue => queue.Key, queue => names.Queue(queue.Key, queue.Value.Fifo), StringComparer.Ordinal);
}
