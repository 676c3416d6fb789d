using System.Text.RegularExpressions;

namespace Infra.Operations.Sites;

/// <summary>One file of a built site, with its content type and cache headers.</summary>
/// <param name="Key">Key in the bucket: path in the folder, with slashes.</param>
/// <param name="Path">Path of the file.</param>
internal sealed partial record SiteFile(string Key, string Path)
{
    /// <summary>Page that is served for every path without a file.</summary>
    public const string Index = "index.html";

    private const string Immutable = "public, max-age=31536000, immutable";
    private const string AskEachTime = "no-cache";
    private const string ForMinutes = "public, max-age=300";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".avif"] = "image/avif",
        [".css"] = "text/css; charset=utf-8",
        [".gif"] = "image/gif",
        [".html"] = "text/html; charset=utf-8",
        [".ico"] = "image/x-icon",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".map"] = "application/json",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".otf"] = "font/otf",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".ttf"] = "font/ttf",
        [".txt"] = "text/plain; charset=utf-8",
        [".wasm"] = "application/wasm",
        [".webmanifest"] = "application/manifest+json",
        [".webp"] = "image/webp",
        [".woff"] = "font/woff",
        [".woff2"] = "font/woff2",
        [".xml"] = "application/xml",
    };

    public string ContentType => Types.GetValueOrDefault(System.IO.Path.GetExtension(Key), "application/octet-stream");

    /// <summary>Whether its name contains a hash of its content, as bundlers do.</summary>
    public bool IsImmutable => HexHash().IsMatch(Key) || (Key.StartsWith("assets/", StringComparison.Ordinal) && ViteHash().IsMatch(Key));

    public bool IsPage => Key.EndsWith(".html", StringComparison.Ordinal);

    /// <summary>Header <c>Cache-Control</c>: a year for immutable files, no-cache for pages, minutes for the rest.</summary>
    public string CacheControl => IsImmutable ? Immutable : IsPage ? AskEachTime : ForMinutes;

    /// <summary>Files of a folder, pages last, so that everything a page refers to is uploaded before it.</summary>
    public static IReadOnlyList<SiteFile> In(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path =>
                new SiteFile(System.IO.Path.GetRelativePath(folder, path).Replace(System.IO.Path.DirectorySeparatorChar, '/'), path))
            .OrderBy(file => file.IsPage).ThenBy(file => file.Key == Index).ThenBy(file => file.Key, StringComparer.Ordinal)];

    // main.8e3f9a1c.js, styles-5d41402abc4b2a76.css: at least eight hexadecimal digits, one of them 0-9.
    [GeneratedRegex(@"[.-](?=[0-9a-f]*[0-9])[0-9a-f]{8,64}\.[a-z0-9]+(\.map)?$", RegexOptions.IgnoreCase)]
    private static partial Regex HexHash();

    // Vite's: index-BxY_12ab.js, always in assets/.
    [GeneratedRegex(@"-[A-Za-z0-9_-]{8}\.[a-z0-9]+(\.map)?$")]
    private static partial Regex ViteHash();
}
