using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Support;

/// <summary>Container definitions as Terraform would give them to ECS, its expressions left as text.</summary>
internal static partial class ContainerText
{
    private const string Marker = "@expression";

    /// <summary>The one container of a task definition; <c>${jsonencode(…)}</c> stands there as a text.</summary>
    public static JObject Parse(JToken? definitions)
    {
        string text = (string?)definitions ?? throw new NUnit.Framework.AssertionException("no container definitions there");
        var expressions = new List<string>();
        string json = Raw().Replace(text, match =>
        {
            expressions.Add(match.Groups[1].Value);
            return $"\"{Marker}{expressions.Count - 1}\"";
        });
        var container = (JObject)JArray.Parse(json).Single();
        foreach (JProperty property in container.Properties().ToList())
            if (property.Value.Type == JTokenType.String && ((string)property.Value!).StartsWith(Marker, StringComparison.Ordinal))
                property.Value = expressions[int.Parse(((string)property.Value!)[Marker.Length..], System.Globalization.CultureInfo.InvariantCulture)];
        return container;
    }

    // Up to the key that follows: an expression holds quotes and braces of its own.
    [GeneratedRegex("""(?<=":)\$\{jsonencode\((.*?)\)\}(?=,"(?:command|essential)":)""", RegexOptions.Singleline)]
    private static partial Regex Raw();
}
