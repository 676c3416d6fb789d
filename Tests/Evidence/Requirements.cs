using Newtonsoft.Json.Linq;

namespace Infra.Tests.Evidence;

/// <summary>Requirements, and operations that the emulator does not support: <c>docs/requirements.json</c>.</summary>
/// <param name="Systems">Rows by system, in order.</param>
/// <param name="EmulatorLacks">Operations that the emulator does not support, by the row that is only planned.</param>
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
                (IReadOnlyList<(string, string)>)[.. ((JObject)system["rows"]!).Properties()
                    .Select(row => (row.Name, (string)row.Value!))]))],
            ((JObject)json["emulatorLacks"]!).Properties().ToDictionary(
                row => row.Name,
                row => (IReadOnlyList<MissingOperation>)[.. row.Value.Select(
                    lack => new MissingOperation((string)lack["operation"]!, (string)lack["why"]!))]));
    }
}

/// <param name="Operation">Service and operation, with AWS's names: <c>chatbot:CreateSlackChannelConfiguration</c>.</param>
/// <param name="Why">Why it is not implemented.</param>
internal sealed record MissingOperation(string Operation, string Why);
