using Infra.Operations.Terraform;

namespace Infra.Operations.Plans;

/// <summary>
/// What is shown of a planned change, on a terminal and in Markdown: its sign, a note, and its attributes without those that repeat others.
/// </summary>
/// <param name="Change">The change.</param>
/// <param name="Sign">Terraform's sign of the action; <c>±</c> for a replacement.</param>
/// <param name="Note">Why, or from where; empty if the sign says it all.</param>
/// <param name="Attributes">Attributes to show: those that force a replacement first.</param>
/// <param name="Omitted">Number of attributes that are only known after a replacement, and not shown.</param>
internal sealed record ShownChange(
    ResourceChange Change, string Sign, string Note, IReadOnlyList<AttributeChange> Attributes, int Omitted)
{
    // Most destructive last, because a prompt follows.
    private static readonly string[] Order = ["import", "move", "create", "forget", "update", "replace", "delete"];

    public bool IsLoss => Change.Action is "replace" or "delete";

    /// <summary>All changes of a plan, most destructive last.</summary>
    /// <param name="changes">Planned changes.</param>
    /// <param name="full">Whether nothing is omitted.</param>
    public static IReadOnlyList<ShownChange> Of(IEnumerable<ResourceChange> changes, bool full = false) =>
        [.. changes.OrderBy(change => Array.IndexOf(Order, change.Action)).Select(change => Of(change, full))];

    private static ShownChange Of(ResourceChange change, bool full)
    {
        AttributeChange[] all = [.. change.Attributes.OrderBy(attribute => !attribute.ForcesReplacement)];
        AttributeChange[] shown = full ? all : [.. all.Where(attribute => !Repeats(attribute, all) && !Follows(attribute, change))];
        return new ShownChange(
            change, SignOf(change.Action), NoteOf(change), shown, full ? 0 : all.Count(attribute => Follows(attribute, change)));
    }

    // The provider reports each tag twice: as configured, and with the provider's default tags.
    private static bool Repeats(AttributeChange attribute, AttributeChange[] all) =>
        attribute.Attribute == "tags_all" && all.Any(other => other.Attribute == "tags" && "tags_all" + other.Path[4..] == attribute.Path);

    // A resource that is replaced has another ARN, another ID, and so on.
    private static bool Follows(AttributeChange attribute, ResourceChange change) =>
        change.Action == "replace" && attribute is { After: PlanContents.Unknown, ForcesReplacement: false };

    private static string SignOf(string action) => action switch
    {
        "create" => "+",
        "delete" => "-",
        "update" => "~",
        "replace" => "±",
        "move" => ">",
        "import" => "<",
        _ => action,
    };

    private static string NoteOf(ResourceChange change) => string.Join("; ", new[]
    {
        change.Deposed ? "what an earlier replacement has left" : null,
        change.PreviousAddress is { } previous ? $"moved from {previous}" : null,
        change.ImportId is { } id ? $"imported: {id}" : null,
        change.Action == "forget" ? "removed from the state; kept in AWS" : null,
        change.Action == "replace" ? Replaced(change) : null,
        change.Action == "delete" ? Deleted(change.Reason) : null,
    }.OfType<string>());

    private static string Replaced(ResourceChange change)
    {
        string[] forcing =
            [.. change.Attributes.Where(each => each.ForcesReplacement).Select(each => each.Attribute).Distinct(StringComparer.Ordinal)];
        return "destroyed and recreated" + change.Reason switch
        {
            "replace_because_tainted" => ", because its creation failed",
            "replace_by_request" => ", because -replace names it",
            "replace_by_triggers" => ", because of replace_triggered_by",
            _ when forcing.Length > 0 => $", forced by {string.Join(", ", forcing)}",
            _ => "",
        };
    }

    // https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
    private static string? Deleted(string? reason) => reason switch
    {
        "delete_because_no_resource_config" or "delete_because_no_module" => "no longer configured",
        "delete_because_wrong_repetition" or "delete_because_count_index" or "delete_because_each_key" =>
            "no longer in count or for_each",
        "delete_because_no_move_target" => "moved to an address that is not configured",
        _ => null,
    };
}
