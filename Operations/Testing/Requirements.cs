using Newtonsoft.Json.Linq;

namespace Infra.Operations.Testing;

/// <summary>What must work, and what of it the local AWS cannot show: <c>docs/requirements.json</c>.</summary>
/// <param name="Systems">Rows by the system that asks for them, in order.</param>
/// <param name="EmulatorLacks">Operations that the local AWS lacks, by the row that is planned instead.</param>
internal sealed record Requirements(
    IReadOnlyList<(string Title, IReadOnlyList<(string Row, string Text)> Rows)> Systems,
    IReadOnlyDictionary<string, IReadOnlyList<MissingOperation>> EmulatorLacks)
{
    public IEnumerable<string> Rows => Systems.SelectMany(system => system.Rows).Select(row => row.Row);

    public static Requirements Read(string file)
    {
        JObject json = JObject.Parse(File.ReadAllText(file));
        return new Requirements(
            [.. json["systems"]!.Select(system => (
                (string)system["title"]!,
                (IReadOnlyList<(string, string)>)[.. ((JObject)system["rows"]!).Properties().Select(row => (row.Name, (string)row.Value!))]))],
            ((JObject)json["emulatorLacks"]!).Properties().ToDictionary(
                row => row.Name,
                row => (IReadOnlyList<MissingOperation>)[.. row.Value.Select(lack => new MissingOperation((string)lack["operation"]!, (string)lack["why"]!))]));
    }
}

/// <param name="Operation">Service and operation, as AWS calls them: <c>chatbot:CreateSlackChannelConfiguration</c>.</param>
/// <param name="Why">Why it is not fixed.</param>
internal sealed record MissingOperation(string Operation, string Why);
