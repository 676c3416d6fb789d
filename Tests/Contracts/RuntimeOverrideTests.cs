using System.Globalization;
using Infra.Contracts;
using NUnit.Framework;

namespace Infra.Tests.Contracts;

[TestFixture]
internal sealed class RuntimeOverrideTests
{
    [Test, Property("Row", "D10")]
    public void Text_IsReadBackAsItWasWritten()
    {
        foreach (bool awake in new[] { true, false })
        {
            var written = new RuntimeOverride(awake, Utc("2026-12-01T22:00Z"));
            Assert.That(RuntimeOverride.TryParse(written.ToString(), out RuntimeOverride? read), Is.True);
            Assert.That(read, Is.EqualTo(written));
        }
        Assert.That(new RuntimeOverride(true, Utc("2026-12-01T22:00Z")).ToString(), Is.EqualTo("awake until 2026-12-01T22:00Z"));
    }

    [Test]
    public void None_IsNoOverride()
    {
        Assert.That(RuntimeOverride.TryParse("none", out RuntimeOverride? found), Is.True);
        Assert.That(found, Is.Null);
    }

    [TestCase("")]
    [TestCase("awake")]
    [TestCase("awake until tomorrow")]
    [TestCase("awake until 2026-12-01T22:00")]
    [TestCase("awake until 2026-13-01T22:00Z")]
    [TestCase("up until 2026-12-01T22:00Z")]
    [TestCase("awake until 2026-12-01T22:00Z please")]
    public void Malformed_IsReported(string text) => Assert.That(RuntimeOverride.TryParse(text, out _), Is.False);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
