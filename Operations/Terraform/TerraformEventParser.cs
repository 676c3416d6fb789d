using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>Reads Terraform's machine-readable output, line by line.</summary>
internal static class TerraformEventParser
{
    /// <summary>Parses a line; null if the event is not used here. Never throws: a line that is not JSON is a message.</summary>
    public static TerraformEvent? Parse(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return null;
        try
        {
            // Dates are kept as text, because they are not used.
            using var reader = new JsonTextReader(new StringReader(line)) { DateParseHandling = DateParseHandling.None };
            return JToken.ReadFrom(reader) is JObject message ? Parse(message) : new TerraformEvent.Message(line);
        }
        catch (JsonException)
        {
            return new TerraformEvent.Message(line);
        }
    }

    private static TerraformEvent? Parse(JObject message) => Text(message, "type") switch
    {
        "refresh_start" => new TerraformEvent.Refreshing(Text(message, "hook.resource.addr")),
        "apply_start" => new TerraformEvent.Started(Text(message, "hook.resource.addr"), Text(message, "hook.action")),
        "apply_complete" =>
            new TerraformEvent.Completed(Text(message, "hook.resource.addr"), Text(message, "hook.action"), Elapsed(message)),
        "apply_errored" => new TerraformEvent.Errored(Text(message, "hook.resource.addr"), Text(message, "hook.action"), Elapsed(message)),
        "change_summary" => new TerraformEvent.Summary(
            new ChangeCounts(Number(message, "changes.add"), Number(message, "changes.change"), Number(message, "changes.remove")),
            Text(message, "changes.operation")),
        "diagnostic" => new TerraformEvent.Diagnosed(new Diagnostic(
            Text(message, "diagnostic.severity") == "error",
            Text(message, "diagnostic.summary"),
            Text(message, "diagnostic.detail"),
            Text(message, "diagnostic.address"))),
        "state_lock_acquire" => new TerraformEvent.WaitingForLock(),
        "log" => new TerraformEvent.Message(Text(message, "@message").Trim()),
        _ => null,
    };

    private static string Text(JObject message, string path) => message.SelectToken(Quote(path))?.ToString() ?? "";

    private static int Number(JObject message, string path) => (int?)message.SelectToken(path) ?? 0;

    private static TimeSpan Elapsed(JObject message) => TimeSpan.FromSeconds(Number(message, "hook.elapsed_seconds"));

    // "@message" is not a plain identifier in JSONPath.
    private static string Quote(string path) => path.StartsWith('@') ? $"['{path}']" : path;
}
