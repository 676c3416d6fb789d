using Infra.Constructs.Iam;

namespace Infra.Constructs.Permissions;

/// <summary>Merges grants into as few statements as possible: those of one service with the same conditions become one.</summary>
internal static class StatementPacker
{
    public static IReadOnlyList<Statement> Pack(IEnumerable<Grant> grants) => Numbered(
    [
        .. grants
            .GroupBy(grant => (grant.Scope.Kind, Service: Service(grant), Conditions: Text(grant.Scope.Conditions)))
            .OrderBy(group => group.Key.Kind, StringComparer.Ordinal).ThenBy(group => group.Key.Service, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Conditions, StringComparer.Ordinal)
            .Select(group => new Statement
            {
                Sid = Sid(group.Key.Kind, group.Key.Service),
                Actions = Ordered(group.SelectMany(grant => grant.Actions)),
                Resources = Ordered(group.SelectMany(grant => grant.Scope.Resources)),
                Conditions = group.First().Scope.Conditions,
            }),
    ]);

    // A Sid must be unique in a policy; statements that differ only in their conditions are numbered.
    private static IReadOnlyList<Statement> Numbered(IReadOnlyList<Statement> statements) =>
    [
        .. statements.GroupBy(statement => statement.Sid, StringComparer.Ordinal)
            .SelectMany(same => same.Select((statement, index) =>
                index == 0 ? statement : statement with { Sid = $"{statement.Sid}{index + 1}" })),
    ];

    // Actions without resource-level permissions share one statement across services.
    private static string Service(Grant grant) => grant.Scope == Scope.Any ? "" : grant.Actions[0].Split(':')[0];

    private static string Sid(string kind, string service) =>
        kind + string.Concat(service.Split('-').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    public static string Text(IReadOnlyList<Condition> conditions) => string.Join('|', conditions.Select(Text));

    private static string Text(Condition condition) => $"{condition.Operator} {condition.Key} {string.Join(',', condition.Values)}";

    private static string[] Ordered(IEnumerable<string> texts) => [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
