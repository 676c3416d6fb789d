using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Infra.Insight.Page;

/// <summary>A document that loads nothing: its style sheets and its script are in it, and its security policy allows only these.</summary>
internal static class HtmlDocument
{
    private static readonly HashSet<string> s_void = new(StringComparer.Ordinal) { "br", "input", "meta" };

    /// <param name="title">Title of the window.</param>
    /// <param name="script">JavaScript.</param>
    /// <param name="styles">The style sheet, then those of pictures in the body.</param>
    /// <param name="body">Content of the body.</param>
    public static string Write(string title, string script, string[] styles, params object?[] body)
    {
        // In HTML, unlike in XML, the content of these two elements is not unescaped.
        foreach (string text in (string[])[script, styles[0]])
            if (text.AsSpan().IndexOfAny('<', '>', '&') >= 0)
                throw new ArgumentException("a script or style sheet contains a character that XML escapes");
        string policy = $"default-src 'none'; script-src {Hash(script)}; style-src {string.Join(' ', styles.Select(Hash))}; "
            + "base-uri 'none'; form-action 'none'";
        var html = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", policy)),
                new XElement(
                    "meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
                new XElement("title", title),
                new XElement("style", styles[0])),
            new XElement("body", body, new XElement("script", script)));
        // HTML ends only void elements with their start tag.
        foreach (XElement empty in html.Descendants()
            .Where(each => each.IsEmpty && each.Name.Namespace == XNamespace.None && !s_void.Contains(each.Name.LocalName)))
            empty.Add("");
        var document = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(document, new XmlWriterSettings
        {
            OmitXmlDeclaration = true,
            Indent = true,
            NewLineChars = "\n",
            // Terraform's JSON can contain control characters, which XML does not allow; they are written as references.
            CheckCharacters = false,
        }))
            html.WriteTo(writer);
        return document.Append('\n').ToString();
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
