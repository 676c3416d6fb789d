namespace Infra.Insight.Page;

/// <summary>The script of the page: searches the resources. Without it, the page is complete, but has no search.</summary>
internal static class PageScript
{
    // Without <, > and &: HtmlDocument.
    public const string Text = """

        "use strict";
        const search = document.getElementById("search");
        const found = document.getElementById("found");
        const rows = Array.from(document.querySelectorAll("#resources tbody tr"));
        function filter() {
          const words = search.value.toLowerCase().split(/\s+/);
          for (const row of rows) {
            const text = row.textContent.toLowerCase();
            row.hidden = !words.every(function (word) { return text.includes(word); });
          }
          const shown = rows.filter(function (row) { return !row.hidden; }).length;
          found.textContent = shown + " of " + rows.length + " resources";
        }
        search.addEventListener("input", filter);
        document.getElementById("search-field").hidden = false;
        filter();

        """;
}
