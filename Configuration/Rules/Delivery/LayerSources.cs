using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

internal static class LayerSources
{
    [Rule("delivery/layer-sources", "Sources of a layer are files of the repository, with forward slashes.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, LayerConfig layer) in config.Layers)
            for (int i = 0; i < layer.Sources.Count; i++)
                if (WhatIsWrong(layer.Sources[i]) is { } problem)
                    yield return new RuleViolation(
                        ConfigPath.Item($"{ConfigPath.Join("layers", name)}.sources", i),
                        $"{Scalars.Show(layer.Sources[i])} {problem}; it is relative to the root of the repository: layers/{name}/**");
    }

    private static string? WhatIsWrong(string source) => source switch
    {
        "" => "is empty",
        _ when source.Contains('\\', StringComparison.Ordinal) => "has backslashes; write /",
        _ when source[0] == '/' || source.Contains(':', StringComparison.Ordinal) => "is not in the repository",
        _ when source.Split('/').Contains("..") => "points outside of the repository",
        _ => null,
    };
}
