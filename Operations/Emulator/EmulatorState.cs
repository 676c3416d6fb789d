using Newtonsoft.Json;

namespace Infra.Operations.Emulator;

/// <summary>The state file of a running emulator (<c>.infra/emulator/state.json</c>).</summary>
internal sealed record EmulatorState
{
    [JsonProperty("pid", Required = Required.Always)]
    public int ProcessId { get; init; }

    [JsonProperty("url", Required = Required.Always)]
    public required Uri Url { get; init; }

    /// <summary>Version of moto.</summary>
    [JsonProperty("moto")]
    public string Version { get; init; } = "";

    /// <summary>Where moto came from: <c>path</c>, <c>pip</c>, <c>container</c> or <c>debian</c>.</summary>
    [JsonProperty("way")]
    public string Way { get; init; } = "";

    [JsonProperty("startedAt")]
    public DateTime StartedAt { get; init; }

    [JsonProperty("log")]
    public string Log { get; init; } = "";

    /// <summary>Reads the file; null if there is none or it is incomplete.</summary>
    public static EmulatorState? Read(string file)
    {
        try
        {
            return JsonConvert.DeserializeObject<EmulatorState>(
                File.ReadAllText(file), new JsonSerializerSettings { DateTimeZoneHandling = DateTimeZoneHandling.Utc });
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
