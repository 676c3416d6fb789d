using Infra.Operations.Aws;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Infra.Operations.Plans;

/// <summary>What <c>plan --save</c> says of its plans for programs: <c>summary.json</c>.</summary>
internal sealed record PlanSummary
{
    private static readonly JsonSerializerSettings Json = new()
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy() },
        Formatting = Formatting.Indented,
        // Else the shared default of a property is filled in instead of replaced.
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

    /// <summary>Commit that was checked out; null where there was no repository.</summary>
    public string? Commit { get; init; }

    public DateTime MadeAt { get; init; }

    /// <summary>Whether the state was believed as it was, without a look at what is deployed.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether there is anything to apply.</summary>
    public bool Changes => Stacks.Any(stack => stack.Changes);

    public IReadOnlyList<StackSummary> Stacks { get; init; } = [];

    public string ToJson() => JsonConvert.SerializeObject(this, Json);

    /// <exception cref="JsonException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static PlanSummary Parse(string json) => JsonConvert.DeserializeObject<PlanSummary>(json, Json) ?? throw new JsonSerializationException("it is empty");
}

/// <summary>The plan of one stack.</summary>
internal sealed record StackSummary
{
    public required string Stack { get; init; }

    /// <summary>Why it could not be planned; null where it was.</summary>
    public string? NotPlanned { get; init; }

    public bool Changes { get; init; }

    public int Add { get; init; }

    public int Change { get; init; }

    public int Destroy { get; init; }

    /// <summary>File of the plan, beside the summary; it may hold secrets.</summary>
    public string? Plan { get; init; }

    /// <summary>State that it was made on.</summary>
    public StateSerial State { get; init; } = StateSerial.None;

    /// <summary>State of the stack it stands on, whose outputs it has read; null where it stands on none.</summary>
    public StateSerial? Below { get; init; }

    /// <summary>Variables that were not set: something stands in their place, and the plan is for reading only.</summary>
    public IReadOnlyList<string> Placeholders { get; init; } = [];

    public IReadOnlyList<ChangeSummary> Resources { get; init; } = [];
}

/// <param name="Address">Address in Terraform.</param>
/// <param name="Action"><c>create</c>, <c>update</c>, <c>delete</c>, <c>replace</c>, <c>forget</c>.</param>
/// <param name="Attributes">Names of what changes; empty for what is created or deleted.</param>
internal sealed record ChangeSummary(string Address, string Action, IReadOnlyList<string> Attributes);
