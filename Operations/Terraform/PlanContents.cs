using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>
/// Contents of a saved plan, read from <c>terraform show -json</c> (format 1.2). Values that Terraform marks as sensitive never leave this
/// class, <see cref="AttributeDifferences"/> and <see cref="ResourceValues"/>.
/// </summary>
/// <param name="changes">Planned changes.</param>
/// <param name="drift">Changes made outside Terraform.</param>
internal sealed class PlanContents(IReadOnlyList<ResourceChange> changes, IReadOnlyList<ResourceChange> drift)
{
    /// <summary>Replacement for a sensitive value.</summary>
    public const string Sensitive = "(sensitive)";

    /// <summary>Replacement for a value that is only known after apply.</summary>
    public const string Unknown = "(known after apply)";

    /// <summary>Replacement for no value: null, an empty string, list or map.</summary>
    public const string Nothing = "(none)";

    /// <summary>A plan that changes nothing.</summary>
    public static readonly PlanContents Empty = new([], []);

    /// <summary>Planned changes, without outputs and data sources.</summary>
    public IReadOnlyList<ResourceChange> Changes { get; } = changes;

    /// <summary>All differences from the state that were made outside Terraform, whether they lead to changes or not.</summary>
    public IReadOnlyList<ResourceChange> Drift { get; } = drift;

    /// <summary>All resources before the plan.</summary>
    public IReadOnlyList<ResourceValues> Before { get; private init; } = [];

    /// <summary>All resources after the plan.</summary>
    public IReadOnlyList<ResourceValues> After { get; private init; } = [];

    /// <summary>Reads the text of the JSON.</summary>
    public static PlanContents Parse(string json)
    {
        // Dates are values like others.
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        return Of(JObject.Load(reader));
    }

    /// <summary>Reads the JSON.</summary>
    public static PlanContents Of(JObject plan) =>
        new(Read(plan["resource_changes"]).Where(change => change.Action != "no-op").ToArray(), Read(plan["resource_drift"]).ToArray())
        {
            Before = [.. ResourceValues.Of(plan["resource_changes"], after: false)],
            After = [.. ResourceValues.Of(plan["resource_changes"], after: true)],
        };

    private static IEnumerable<ResourceChange> Read(JToken? list) =>
        from resource in (list as JArray)?.OfType<JObject>() ?? []
        where (string?)resource["mode"] == "managed"
        let change = (JObject)resource["change"]!
        let previous = (string?)resource["previous_address"]
        let import = (string?)change.SelectToken("importing.id")
        select new ResourceChange(
            (string)resource["address"]!, (string)resource["type"]!, Action(change, previous, import),
            AttributeDifferences.Of(change).ToArray())
        {
            PreviousAddress = previous,
            Kind = (change["before"] as JObject)?["type"] is JValue { Type: JTokenType.String } kind ? (string?)kind : null,
            ImportId = import,
            Reason = (string?)resource["action_reason"],
            Deposed = resource["deposed"] is not null,
        };

    private static string Action(JObject change, string? previous, string? import) =>
        change["actions"]!.Values<string>().ToArray() switch
        {
            ["no-op"] when import is not null => "import",
            ["no-op"] when previous is not null => "move",
            [var only] => only!,
            _ => "replace",
        };
}
