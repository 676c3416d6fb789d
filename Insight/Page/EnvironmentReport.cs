using Infra.Insight.Costs;
using Infra.Insight.Graph;
using Infra.Insight.Overview;
using Infra.Insight.Permissions;

namespace Infra.Insight.Page;

/// <summary>What the page of an environment shows: results of the readers of synthesized JSON.</summary>
/// <param name="Title">Project and environment.</param>
/// <param name="Account">Account of the environment.</param>
/// <param name="Region">Its region.</param>
/// <param name="Graph">Its resources and their connections.</param>
/// <param name="Layout">Coordinates of the graph.</param>
/// <param name="Estimate">Its cost.</param>
/// <param name="Prices">Prices of the estimate.</param>
/// <param name="Entries">What can be reached from outside.</param>
/// <param name="Inward">Access from outside the account.</param>
/// <param name="Outward">Access of its roles to other accounts.</param>
/// <param name="Granted">Actions that the policies of its roles allow.</param>
/// <param name="Backups">Rules of AWS Backup.</param>
/// <param name="Protection">How the data of each resource can be recovered.</param>
/// <param name="Alarms">Alarms and events that notify people.</param>
/// <param name="Map">All resources.</param>
/// <param name="Releases">Releases, newest first; null if the page is written without AWS.</param>
public sealed record EnvironmentReport(
    string Title,
    string Account,
    string Region,
    EnvironmentGraph Graph,
    GraphLayout Layout,
    Estimate Estimate,
    PriceList Prices,
    IReadOnlyList<PublicEntry> Entries,
    IReadOnlyList<CrossAccess> Inward,
    IReadOnlyList<CrossAccess> Outward,
    IReadOnlyList<GrantedPermission> Granted,
    IReadOnlyList<BackupRule> Backups,
    IReadOnlyList<DataProtection> Protection,
    IReadOnlyList<AlarmLine> Alarms,
    ResourceMap Map,
    IReadOnlyList<ReleaseEvent>? Releases);

/// <summary>A release in the ledger.</summary>
/// <param name="Application">Service or agent.</param>
/// <param name="At">Time of the release.</param>
/// <param name="Version">Number in the ledger.</param>
/// <param name="Image">Digest of the image.</param>
/// <param name="By">ARN of the caller; null if AWS does not return it.</param>
/// <param name="Failed">Whether it failed and was rolled back.</param>
public sealed record ReleaseEvent(string Application, DateTimeOffset At, long Version, string Image, string? By, bool Failed);
