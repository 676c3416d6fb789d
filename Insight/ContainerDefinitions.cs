using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>Container definitions of an ECS task, parsed from a Terraform string.</summary>
public static class ContainerDefinitions
{
    /// <summary>The list; an expression in place of a JSON value (<c>"image":${jsonencode(…)}</c>) becomes a string.</summary>
    /// <exception cref="JsonException">Apart from that it is not JSON.</exception>
    public static JArray Parse(string text)
    {
        var json = new StringBuilder();
        bool inText = false;
        for (int at = 0; at < text.Length; at++)
        {
            if (!inText && text.AsSpan(at).StartsWith("${"))
            {
                int end = Reference.End(text, at + 2);
                json.Append(JsonConvert.ToString(text[at..(end + 1)]));
                at = end;
                continue;
            }

            if (inText && text[at] == '\\')
                json.Append(text[at++]);
            else if (text[at] == '"')
                inText = !inText;
            json.Append(text[at]);
        }

        return JArray.Parse(json.ToString());
    }
}
