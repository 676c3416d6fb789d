namespace Infra.Insight.Permissions;

/// <summary>Comparison of granted and used permissions.</summary>
/// <remarks>
/// A permission counts as used if a role of the same kind used the statement with the same Sid in any environment: the same code writes
/// these statements, and no test deploys every environment in every way.
/// </remarks>
/// <param name="Used">Used permissions, with the actions and the number of resources.</param>
/// <param name="Unused">Unused permissions, with the reason to keep them; null if there is none.</param>
/// <param name="Refused">Denied calls.</param>
/// <param name="StaleReasons">Reasons that match no unused permission any more.</param>
public sealed record PermissionUsage(
    IReadOnlyList<UsedPermission> Used,
    IReadOnlyList<UnusedPermission> Unused,
    IReadOnlyList<RefusedCall> Refused,
    IReadOnlyList<UnusedPermissionReason> StaleReasons)
{
    /// <summary>Permissions that no test uses and that have no reason.</summary>
    public IEnumerable<GrantedPermission> Unexplained => Unused.Where(unused => unused.Reason is null).Select(unused => unused.Permission);

    /// <summary>Compares granted and used permissions.</summary>
    /// <param name="granted">What the synthesized stacks grant.</param>
    /// <param name="records">Records of the local AWS; can be many, and are read only once.</param>
    /// <param name="reasons">Reasons to keep unused permissions.</param>
    public static PermissionUsage Of(
        IEnumerable<GrantedPermission> granted, IEnumerable<AuthorizationRecord> records, IReadOnlyList<UnusedPermissionReason> reasons)
    {
        GrantedPermission[] permissions =
            [.. granted.Distinct().OrderBy(p => p.Account, StringComparer.Ordinal).ThenBy(p => p.Role, StringComparer.Ordinal)
            .ThenBy(p => p.Statement, StringComparer.Ordinal).ThenBy(p => p.Action, StringComparer.Ordinal)];
        ILookup<(string, string), GrantedPermission> byKind = permissions.ToLookup(permission => permission.Kind);
        var roles = permissions.Select(p => (p.Account, p.Role)).ToHashSet();
        var kinds = permissions.GroupBy(p => p.Role, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().RoleKind, StringComparer.Ordinal);
        var uses = new Dictionary<GrantedPermission, SortedDictionary<string, int>>();
        var refused = new Dictionary<RefusedCall, int>();
        foreach (AuthorizationRecord record in records)
        {
            if (record.Role is not { } role)
                continue;
            if (!record.Allowed)
            {
                if (!roles.Contains((record.Account, role)))
                    continue;
                var call = new RefusedCall(record.Account, role, record.Action, record.Resource, record.Reason ?? "", 0);
                refused[call] = refused.GetValueOrDefault(call) + 1;
                continue;
            }

            string roleKind = kinds.GetValueOrDefault(role) ?? PermissionKind.OfRole(role);
            foreach (GrantedPermission permission in record.StatementKinds.SelectMany(statement => byKind[(roleKind, statement)])
                .Where(permission => GrantedPermission.Matches(permission.Action, record.Action)))
            {
                if (!uses.TryGetValue(permission, out SortedDictionary<string, int>? actions))
                    uses[permission] = actions = new SortedDictionary<string, int>(StringComparer.Ordinal);
                actions[record.Action] = actions.GetValueOrDefault(record.Action) + 1;
            }
        }

        UnusedPermission[] unused =
        [
            .. permissions.Where(permission => !uses.ContainsKey(permission))
                .Select(permission => new UnusedPermission(permission, reasons.FirstOrDefault(reason => reason.IsFor(permission)))),
        ];
        return new PermissionUsage(
            [.. permissions.Where(uses.ContainsKey).Select(permission => new UsedPermission(permission, uses[permission]))],
            unused,
            [.. refused.Select(call => call.Key with { Times = call.Value }).OrderBy(call => call.Account, StringComparer.Ordinal)
                .ThenBy(call => call.Role, StringComparer.Ordinal).ThenBy(call => call.Action, StringComparer.Ordinal)
                    .ThenBy(call => call.Resource, StringComparer.Ordinal)],
            [.. reasons.Where(reason => !unused.Any(each => reason.IsFor(each.Permission)))]);
    }
}

/// <param name="Permission">Permission.</param>
/// <param name="Actions">Actions called with it, with the number of records: the local AWS writes one for each resource.</param>
public sealed record UsedPermission(GrantedPermission Permission, IReadOnlyDictionary<string, int> Actions);

/// <param name="Permission">Permission.</param>
/// <param name="Reason">Why it is kept; null if there is no reason.</param>
public sealed record UnusedPermission(GrantedPermission Permission, UnusedPermissionReason? Reason);

/// <param name="Account">Account that was called.</param>
/// <param name="Role">Role of the caller.</param>
/// <param name="Action">Action.</param>
/// <param name="Resource">Resource.</param>
/// <param name="Reason">Why it was denied.</param>
/// <param name="Times">Number of calls.</param>
public sealed record RefusedCall(string Account, string Role, string Action, string Resource, string Reason, int Times);
