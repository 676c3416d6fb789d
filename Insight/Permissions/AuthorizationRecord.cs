using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Permissions;

/// <summary>One authorization decision of the local AWS: the request and the statement that decided.</summary>
/// <param name="Account">Account of the caller.</param>
/// <param name="Role">Name of the caller's role, or of another principal if the caller has no role.</param>
/// <param name="Action">Action: <c>s3:GetObject</c>.</param>
/// <param name="Resource">ARN of the resource.</param>
/// <param name="Allowed">Whether it was allowed.</param>
/// <param name="Statements">Statements that decided, <c>policy/Sid</c>; none if no statement allowed it.</param>
/// <param name="Reason">Why it was denied; none if it was allowed.</param>
public sealed record AuthorizationRecord(
    string Account, string? Role, string Action, string Resource, bool Allowed, IReadOnlyList<string> Statements, string? Reason)
{
    /// <summary>Kinds of its statements, which other environments share.</summary>
    public IEnumerable<string> StatementKinds =>
        Statements.Select(statement => PermissionKind.OfStatement(statement[(statement.LastIndexOf('/') + 1)..])).Distinct();

    /// <summary>Files that the local AWS writes, one JSON object per line: emulator/authorization/log.py.</summary>
    public const string FilePattern = "*.jsonl";

    /// <summary>All records of such files in a folder and below it.</summary>
    public static IEnumerable<AuthorizationRecord> ReadAll(string folder) =>
        from file in Directory.EnumerateFiles(folder, FilePattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        from record in ReadFile(file)
        select record;

    /// <summary>The records of a file; an incomplete last line, from a killed process, is ignored.</summary>
    public static IEnumerable<AuthorizationRecord> ReadFile(string file)
    {
        foreach (string line in File.ReadLines(file))
        {
            if (Parse(line) is { } record)
                yield return record;
        }
    }

    internal static AuthorizationRecord? Parse(string line)
    {
        try
        {
            return JToken.Parse(line) is JObject json && (string?)json["action"] is { } action
                ? new AuthorizationRecord(
                    (string?)json["account"] ?? "", Text(json["role"])?.Split('/')[^1], action, (string?)json["resource"] ?? "*",
                    (bool?)json["allowed"] ?? false, [.. (json["statements"] as JArray ?? []).Values<string>().OfType<string>()],
                    Text(json["reason"]))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JToken? value) => (string?)value is { Length: > 0 } text ? text : null;
}
