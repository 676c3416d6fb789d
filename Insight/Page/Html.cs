using System.Globalization;
using System.Xml.Linq;

namespace Infra.Insight.Page;

/// <summary>Elements of HTML; System.Xml.Linq escapes all text and attributes.</summary>
internal static class Html
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    /// <summary>A part of the page with a heading, which the navigation leads to.</summary>
    public static XElement Section(string id, string heading, params object?[] content) => new(
        "section",
        new XAttribute("id", id),
        new XAttribute("aria-labelledby", $"{id}-heading"),
        new XElement("h2", new XAttribute("id", $"{id}-heading"), heading),
        content);

    public static XElement Paragraph(params object?[] content) => new("p", content);

    public static XElement Code(string text) => new("code", text);

    /// <summary>US dollars with cents.</summary>
    public static XElement Usd(decimal usd) => Number(usd.ToString("0.00", CultureInfo.InvariantCulture));

    public static XElement Number(string text) => new("span", new XAttribute("class", "number"), text);

    /// <summary>Texts below each other.</summary>
    public static XElement List(IEnumerable<string> texts) => new("ul", texts.Select(text => new XElement("li", text)));

    /// <summary>A table; a sentence that there is nothing if it has no rows.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="heads">Headings of its columns.</param>
    /// <param name="rows">Cells: text or elements. The first one is the heading of its row.</param>
    public static XElement Table(string caption, string[] heads, IEnumerable<object[]> rows)
    {
        XElement[] body =
        [
            .. rows.Select(row => new XElement(
                "tr",
                row.Select((cell, column) => column == 0
                    ? new XElement("th", new XAttribute("scope", "row"), cell)
                    : new XElement("td", cell)))),
        ];
        if (body.Length == 0)
            return Paragraph(new XElement("strong", caption), ": none.");
        // Wider than a telephone, it scrolls by itself: with the keyboard too, so that it has to get the focus.
        return new XElement(
            "div",
            new XAttribute("class", "scroll"),
            new XAttribute("tabindex", "0"),
            new XAttribute("role", "region"),
            new XAttribute("aria-label", caption),
            new XElement(
                "table",
                new XElement("caption", caption),
                new XElement("thead", new XElement("tr", heads.Select(head => new XElement("th", new XAttribute("scope", "col"), head)))),
                new XElement("tbody", body)));
    }

    /// <summary>A horizontal bar from one to another fraction of its width; the text next to it says the same.</summary>
    /// <param name="kind">Class of its colour.</param>
    /// <param name="from">0 to 1.</param>
    /// <param name="to">0 to 1.</param>
    public static XElement Bar(string kind, decimal from, decimal to) => new(
        s_svg + "svg",
        new XAttribute("class", "bar"),
        new XAttribute("viewBox", "0 0 240 10"),
        new XAttribute("preserveAspectRatio", "none"),
        new XAttribute("aria-hidden", "true"),
        Rectangle("bar-track", 0, 240),
        Rectangle($"bar-{kind}", 240 * from, 240 * (to - from)));

    private static XElement Rectangle(string kind, decimal x, decimal width) => new(
        s_svg + "rect",
        new XAttribute("class", kind),
        new XAttribute("x", Rounded(x)),
        new XAttribute("y", 0),
        new XAttribute("width", Rounded(width)),
        new XAttribute("height", 10));

    private static string Rounded(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
