using Infra.Configuration;
using Infra.Configuration.Derived;
using Infra.Insight.Page;
using Infra.Operations.Aws;
using Infra.Operations.Ledger;

namespace Infra.Operations.Insight;

/// <summary>The releases of all services and agents of an environment, newest first, from the release ledger.</summary>
internal static class ReleaseTimeline
{
    public static async Task<IReadOnlyList<ReleaseEvent>> ReadAsync(
        AwsAccess access, LoadedEnvironment environment, CancellationToken cancellation)
    {
        var ledger = new ReleaseLedger(access);
        var events = new List<ReleaseEvent>();
        foreach (Application application in Application.Of(environment.Config))
        {
            events.AddRange(
                from entry in await ledger.HistoryAsync(environment.Names.Release(application.Name), cancellation)
                select new ReleaseEvent(application.Name, entry.At, entry.Version, entry.Value, entry.By, entry.Failed));
        }

        return
        [
            .. events.OrderByDescending(each => each.At).ThenBy(each => each.Application, StringComparer.Ordinal)
                .ThenByDescending(each => each.Version),
        ];
    }
}
