using Infra.Configuration.Model;

namespace Infra.Configuration.Derived;

/// <summary>An entry of <see cref="UsesConfig.Queues"/>: <c>orders:send</c>.</summary>
public static class QueueUse
{
    public const string Send = "send";

    public const string Receive = "receive";

    /// <summary>Queues that an application uses, each once, in the order of the file.</summary>
    public static IEnumerable<string> NamesOf(UsesConfig uses) => uses.Queues.Select(use => use.Split(':')[0]).Distinct();

    public static bool Sends(UsesConfig uses, string queue) => uses.Queues.Contains($"{queue}:{Send}");

    public static bool Receives(UsesConfig uses, string queue) => uses.Queues.Contains($"{queue}:{Receive}");
}
