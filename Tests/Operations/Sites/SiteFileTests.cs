using Infra.Operations.Sites;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Sites;

[TestFixture]
internal sealed class SiteFileTests
{
    [TestCase("index.html", "no-cache")]
    [TestCase("about/index.html", "no-cache")]
    [TestCase("assets/index-BxY_12ab.js", "public, max-age=31536000, immutable")]
    [TestCase("main.8e3f9a1c.js", "public, max-age=31536000, immutable")]
    [TestCase("styles.5D41402ABC4B2A76.css", "public, max-age=31536000, immutable")]
    [TestCase("static/js/main.8e3f9a1c.js.map", "public, max-age=31536000, immutable")]
    [TestCase("favicon.ico", "public, max-age=300")]
    [TestCase("jquery-migrations.js", "public, max-age=300", Description = "no hash, though as long as one")]
    [TestCase("js/deadbeef-facade.js", "public, max-age=300", Description = "hexadecimal, but a word")]
    [TestCase("logo-material2.svg", "public, max-age=300")]
    [Property("Row", "T10")]
    public void CacheControl_FollowsFromTheName(string key, string expected) =>
        Assert.That(new SiteFile(key, key).CacheControl, Is.EqualTo(expected));

    [TestCase("a.html", "text/html; charset=utf-8")]
    [TestCase("a.mjs", "text/javascript; charset=utf-8")]
    [TestCase("a.WOFF2", "font/woff2")]
    [TestCase("LICENSE", "application/octet-stream")]
    public void ContentType_FollowsFromTheEnding(string key, string expected) =>
        Assert.That(new SiteFile(key, key).ContentType, Is.EqualTo(expected));

    [Test, Property("Row", "T10")]
    public void In_PutsPagesAfterWhatTheyReferTo()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in new[] { "index.html", "about.html", "zebra.js", "assets/a.css" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, file))!);
            File.WriteAllText(Path.Combine(folder.Path, file), file);
        }

        Assert.That(SiteFile.In(folder.Path).Select(file => file.Key),
            Is.EqualTo(new[] { "assets/a.css", "zebra.js", "about.html", "index.html" }));
    }
}
