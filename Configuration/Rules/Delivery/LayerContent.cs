using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

internal static class LayerContent
{
    [Rule("delivery/layer-content", "Content of a layer is folders of the repository, and each component is the name of one layer.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, LayerConfig layer) in config.Layers)
        {
            string path = ConfigPath.Join("layers", name);
            foreach ((string inLayer, string folder) in layer.Content)
                foreach ((string what, string text) in new[] { ("the folder in the layer", inLayer), ("the folder", folder) })
                    if (!IsInside(text))
                        yield return new RuleViolation(
                            ConfigPath.Join($"{path}.content", inLayer),
                            $"{what} {Scalars.Show(text)} is not a relative path below the root, with forward slashes: python, "
                                + "frameworks/da_flask/src");
            if (layer.Build.Count > 0 && layer.Content.Count == 0 && layer.Sources.Count == 0)
                yield return new RuleViolation(
                    $"{path}.build", "what the command packs is not named, so no change of it could be detected; set \"sources\" or "
                        + "\"content\"");
            if (layer.Component is { } component
                && config.Layers.Any(other => other.Key != name && (other.Key == component || other.Value.Component == component)))
                yield return new RuleViolation($"{path}.component", $"{Scalars.Show(component)} is the name of another layer, too");
        }
    }

    private static bool IsInside(string folder) =>
        folder.Length > 0 && folder[0] != '/' && folder.IndexOfAny(['\\', ':', '*', '?']) < 0
            && !folder.Split('/').Any(part => part is "" or "." or "..");
}
