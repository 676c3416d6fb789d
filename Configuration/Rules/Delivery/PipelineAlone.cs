using System.Collections;
using Infra.Configuration.Model;
using Infra.Configuration.Schemas;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

/// <summary>An account that builds every commit must not have production workloads.</summary>
internal static class PipelineAlone
{
    [Rule("delivery/pipeline-account", "An environment with a pipeline contains nothing else.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Pipeline is null)
            yield break;
        foreach (Field field in Field.Of(typeof(EnvironmentConfig)).Where(f => MakesSomething(f) && IsSet(f.Property.GetValue(config))))
            yield return new RuleViolation(field.Key,
                "is not allowed in an environment with a pipeline; move it to an environment that the pipeline deploys", "pipeline");
    }

    // Sections that are absent by default; their defaults create nothing.
    private static bool MakesSomething(Field field) =>
        field is { Required: false, Schema: MapSchema or RecordSchema or ListSchema or TextSchema or ExtensionsSchema }
        && field.Property.Name is not (nameof(EnvironmentConfig.Pipeline) or nameof(EnvironmentConfig.Tags))
        && !IsSet(field.Default);

    private static bool IsSet(object? value) => value switch
    {
        null => false,
        string => true,
        IEnumerable items => items.GetEnumerator().MoveNext(),
        _ => true,
    };
}
