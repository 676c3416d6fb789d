using Infra.Constructs.Containers;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class PlaceholderImageTests
{
    [Test, Property("Row", "T11")]
    public void Placeholder_ListensOnThePort() =>
        Assert.That(PlaceholderImage.Serve(3000)[^1], Does.EndWith("ThreadingHTTPServer(('', 3000), Placeholder).serve_forever()"));

    [Test]
    public void Placeholder_WithoutAPort_WaitsForItsEnd() =>
        Assert.That(PlaceholderImage.Serve(null), Is.EqualTo(new[] { "python", "-c", "import signal; signal.pause()" }));
}
