namespace Infra.Insight.Page;

/// <summary>Style sheet of the page: light, dark, narrow and printed.</summary>
internal static class PageStyle
{
    // Without <, > and &: HtmlDocument. The pictures have a style sheet of their own: Infra.Insight.Graph.SvgStyle.
    public const string Text = """

        :root { color-scheme: light dark; --back: #f3f4f6; --card: #ffffff; --ink: #111827; --soft: #4b5563; --rule: #d1d5db;
          --link: #1d4ed8; --track: #e5e7eb; --always: #6b7280; --scheduled: #2563eb; --up: #15803d; --code: #f3f4f6; }
        @media (prefers-color-scheme: dark) {
          :root { --back: #0d1117; --card: #161b22; --ink: #e6edf3; --soft: #a3adb8; --rule: #30363d; --link: #79b8ff;
            --track: #30363d; --always: #8b949e; --scheduled: #60a5fa; --up: #4ade80; --code: #21262d; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        header, main, footer { max-width: 84rem; margin: 0 auto; padding: 0 1rem; }
        header { padding-top: 1.5rem; }
        h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; overflow-wrap: anywhere; }
        h2 { margin: 0 0 .75rem; font-size: 1.25rem; }
        .subtitle, footer, .note { color: var(--soft); }
        .subtitle { margin: .25rem 0 0; }
        a { color: var(--link); }
        a:focus-visible, input:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 1rem 0; padding: 0; list-style: none; }
        section { margin: 0 0 1rem; padding: 1.25rem; background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem; margin: 0 0 1rem; }
        .cards div { padding: .75rem 1rem; background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; }
        .cards dt { color: var(--soft); font-size: .875rem; }
        .cards dd { margin: 0; font-size: 1.375rem; font-weight: 600; overflow-wrap: anywhere; }
        .cards small { display: block; color: var(--soft); font-size: .8125rem; font-weight: 400; }
        .scroll { max-width: 100%; margin: 0 0 1rem; overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .875rem; }
        caption { padding: .25rem 0; text-align: left; font-weight: 600; }
        th, td { padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top;
          min-width: 6rem; overflow-wrap: anywhere; }
        thead th { color: var(--soft); font-weight: 600; }
        tbody th { font-weight: 400; }
        td ul { margin: 0; padding-left: 1rem; }
        code { padding: 0 .2em; background: var(--code); border-radius: .2em; font-size: .9em; }
        .number { display: inline-block; min-width: 4.5rem; text-align: right; font-variant-numeric: tabular-nums; }
        .bar { display: block; width: 100%; min-width: 8rem; height: .625rem; margin: .2rem 0; }
        .bar-track { fill: var(--track); }
        .bar-always { fill: var(--always); } .bar-scheduled { fill: var(--scheduled); } .bar-up { fill: var(--up); }
        .picture { max-height: 90vh; overflow: auto; border: 1px solid var(--rule); border-radius: .5rem; }
        .picture svg { display: block; }
        #full-size:not(:checked) ~ .picture svg { width: 100%; min-width: 56rem; height: auto; }
        input[type=search] { width: 100%; max-width: 28rem; padding: .5rem; font: inherit; color: inherit; background: var(--card);
          border: 1px solid var(--always); border-radius: .375rem; }
        [hidden] { display: none; }
        footer { padding-bottom: 2rem; font-size: .875rem; }
        @media print {
          :root { --back: #ffffff; --card: #ffffff; --ink: #000000; --soft: #374151; --rule: #9ca3af; --code: #ffffff; }
          nav, #search-field, .size { display: none; }
          section { padding: 0; border: 0; }
          .scroll, .picture { max-height: none; overflow: visible; }
          .picture svg, #full-size:not(:checked) ~ .picture svg { width: 100%; min-width: 0; height: auto; }
          tr, .cards div { break-inside: avoid; }
          table { font-size: .6875rem; }
        }

        """;
}
