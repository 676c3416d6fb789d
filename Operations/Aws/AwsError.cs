using System.Xml;
using System.Xml.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Aws;

/// <summary>Reads code and message of an error response in any of AWS's protocols.</summary>
internal static class AwsError
{
    private const int LongestUnknown = 200;

    public static (string Code, string Reason) Read(HttpResponseMessage answer, string text)
    {
        string? header = answer.Headers.TryGetValues("x-amzn-ErrorType", out IEnumerable<string>? values) ? values.First() : null;
        (string? code, string reason) = text.TrimStart() switch
        {
            ['{', ..] => FromJson(text),
            ['<', ..] => FromXml(text),
            _ => (null, text),
        };
        return (Bare(code ?? header ?? $"HTTP {(int)answer.StatusCode}"),
            reason.Length > LongestUnknown && code is null ? reason[..LongestUnknown] + "…" : reason);
    }

    private static (string? Code, string Reason) FromJson(string text)
    {
        try
        {
            var json = JObject.Parse(text);
            return ((string?)json["__type"] ?? (string?)json["code"] ?? (string?)json["Code"],
                (string?)json["message"] ?? (string?)json["Message"] ?? (string?)json["errorMessage"] ?? "");
        }
        catch (JsonException)
        {
            return (null, text);
        }
    }

    private static (string? Code, string Reason) FromXml(string text)
    {
        try
        {
            XElement root = XElement.Parse(text);
            return (First(root, "Code"), First(root, "Message") ?? "");
        }
        catch (XmlException)
        {
            return (null, text);
        }
    }

    private static string? First(XElement root, string name) =>
        root.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    // com.amazonaws.ssm#ParameterNotFound, and ParameterNotFound:http://internal… are both in use.
    private static string Bare(string code) => code.Split('#')[^1].Split(':')[0];
}
