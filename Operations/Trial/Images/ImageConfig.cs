using System.Text;
using Infra.Operations.Images;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial.Images;

/// <summary>Changes the configuration of an image. https://github.com/opencontainers/image-spec/blob/main/config.md</summary>
internal static class ImageConfig
{
    /// <summary>An image with the same layers and another command.</summary>
    /// <returns>The manifest, and the configuration that it refers to.</returns>
    public static (JObject Manifest, byte[] Config) WithCommand(JObject manifest, JObject config, IReadOnlyList<string> command)
    {
        var changed = (JObject)config.DeepClone();
        var run = changed["config"] as JObject ?? [];
        run["Cmd"] = new JArray(command);
        run["Entrypoint"] = null;
        changed["config"] = run;
        byte[] bytes = Encoding.UTF8.GetBytes(changed.ToString(Formatting.None));
        var its = (JObject)manifest.DeepClone();
        its["config"]!["digest"] = ImageManifest.DigestOf(bytes);
        its["config"]!["size"] = bytes.Length;
        return (its, bytes);
    }
}
