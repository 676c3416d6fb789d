using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Operations.Output;

namespace Infra.Operations.Layers;

/// <summary>Finds layers of an environment by name or component.</summary>
internal static class LayerNames
{
    /// <summary>The name of the layer in the environment file.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="typed">Name or component of a layer.</param>
    /// <exception cref="OperationException">No layer has that name or component.</exception>
    public static string Find(LoadedEnvironment environment, string typed)
    {
        IReadOnlyDictionary<string, LayerConfig> layers = environment.Config.Layers;
        return layers.ContainsKey(typed) ? typed
            : layers.Where(layer => layer.Value.Component == typed).Select(layer => layer.Key).FirstOrDefault()
            ?? throw OperationException.BadInput(
                $"{environment.File} has no layer {typed}",
                layers.Count == 0 ? "it has none; add it to \"layers\"" : $"available: {string.Join(", ", layers.Select(Shown))}");
    }

    /// <summary>The layers of a command line; all if it names none.</summary>
    public static IReadOnlyList<string> FindAll(LoadedEnvironment environment, IReadOnlyList<string> typed) => typed.Count > 0
        ? [.. typed.Select(name => Find(environment, name)).Distinct(StringComparer.Ordinal)]
        : environment.Config.Layers.Count > 0
        ? [.. environment.Config.Layers.Keys]
        : throw OperationException.BadInput($"{environment.File} has no layers", "add them to \"layers\"");

    private static string Shown(KeyValuePair<string, LayerConfig> layer) =>
        layer.Value.Component is { } component ? $"{layer.Key} ({component})" : layer.Key;
}
