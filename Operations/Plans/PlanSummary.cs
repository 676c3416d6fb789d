using Infra.Operations.Aws;
using Infra.Operations.Terraform;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Infra.Operations.Plans;

/// <summary>The machine-readable summary of <c>plan --save</c>: <c>summary.json</c>.</summary>
internal sealed record PlanSummary
{
    private static readonly JsonSerializerSettings Json = new()
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy() },
        Formatting = Formatting.Indented,
        // Otherwise the shared default value of a property is modified instead of replaced.
        ObjectCreationHandling = ObjectCreationHandling.Replace,
        DateTimeZoneHandling = DateTimeZoneHandling.Utc,
    };

    [JsonProperty(Required = Required.Always)]
    public required string Project { get; init; }

    [JsonProperty(Required = Required.Always)]
    public required string Environment { get; init; }

    [JsonProperty(Required = Required.Always)]
    public required string Account { get; init; }

    [JsonProperty(Required = Required.Always)]
    public required string Region { get; init; }

    /// <summary>Commit that was checked out; null if there was no repository.</summary>
    public string? Commit { get; init; }

    public DateTime MadeAt { get; init; }

    /// <summary>Whether it was planned without refreshing the state.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether there are changes to apply.</summary>
    public bool Changes => Stacks.Any(stack => stack.Changes);

    /// <summary>Whether a deployment would stop, because data is lost that nobody has named.</summary>
    public bool DataAtRisk => Stacks.Any(stack => stack.Refused.Count > 0);

    public IReadOnlyList<StackSummary> Stacks { get; init; } = [];

    /// <summary>Estimated cost before and after; null in summaries of earlier versions.</summary>
    public PlanCost? Cost { get; init; }

    /// <summary>Findings of the static checks; null if they were not run.</summary>
    public IReadOnlyList<PlanFinding>? Findings { get; init; }

    public string ToJson() => JsonConvert.SerializeObject(this, Json);

    /// <exception cref="JsonException">It was not written by <see cref="ToJson"/>.</exception>
    public static PlanSummary Parse(string json) =>
        JsonConvert.DeserializeObject<PlanSummary>(json, Json) ?? throw new JsonSerializationException("it is empty");
}

/// <summary>The plan of one stack.</summary>
internal sealed record StackSummary
{
    public required string Stack { get; init; }

    /// <summary>Why it could not be planned; null if it was planned.</summary>
    public string? NotPlanned { get; init; }

    public bool Changes { get; init; }

    public int Add { get; init; }

    public int Change { get; init; }

    public int Destroy { get; init; }

    /// <summary>Plan file, next to the summary; it may contain secrets.</summary>
    public string? Plan { get; init; }

    /// <summary>State that it was created from.</summary>
    public StateSerial State { get; init; } = StateSerial.None;

    /// <summary>State of the stack that it depends on, whose outputs it read; null if it depends on none.</summary>
    public StateSerial? Below { get; init; }

    /// <summary>Variables that were not set: they have placeholder values, and the plan cannot be applied.</summary>
    public IReadOnlyList<string> Placeholders { get; init; } = [];

    /// <summary>Planned changes.</summary>
    public IReadOnlyList<ResourceChange> Resources { get; init; } = [];

    /// <summary>What was changed outside Terraform, and the plan reverts.</summary>
    public IReadOnlyList<ResourceChange> Outside { get; init; } = [];

    /// <summary>What is destroyed and cannot be recreated.</summary>
    public IReadOnlyList<DataLoss> Losses { get; init; } = [];

    /// <summary>Addresses of the losses for which a deployment stops, because nobody has named them.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];
}
