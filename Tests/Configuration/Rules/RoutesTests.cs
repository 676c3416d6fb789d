using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Infra.Configuration.Model;
using Infra.Configuration.Rules.Services;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
public class RoutesTests
{
    private static readonly string[] AllTexts = [.. Texts(4)];

    private static readonly Gen<string> Patterns =
        from length in Gen.Choose(0, 3)
        from letters in Gen.ArrayOf(Gen.Elements("ab*?".ToCharArray()), length)
        select new string(letters);

    /// <summary>
    /// If two patterns of at most three characters overlap, they match a common text of at most four: all such texts are tried.
    /// </summary>
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Overlap_AgreesWithTryingEveryText() => Prop.ForAll(Patterns.ToArbitrary(), Patterns.ToArbitrary(), (a, b) =>
    {
        var first = new Regex(Expression(a));
        var second = new Regex(Expression(b));
        return Routes.Overlap(a, b) == AllTexts.Any(text => first.IsMatch(text) && second.IsMatch(text));
    });

    [TestCase("www", null, "api", null, true)]
    [TestCase("www", "/api/*", "www", null, true)]
    [TestCase("www", "/api/*", "www", "/web/*", true)]
    [TestCase("www", "/api/*", "www", "/api/v2/*", false)]
    [TestCase("www", null, "www", null, false)]
    [TestCase(null, "/api/*", null, null, true)]
    [TestCase(null, "/api/*", null, "/api/*", false)]
    [TestCase("www", null, null, "/api/*", false)]
    [TestCase("", null, "www", null, true)]
    [TestCase(null, null, null, null, false)]
    public void Check_TwoServices_AreDistinguished(string? host, string? path, string? otherHost, string? otherPath, bool apart)
    {
        EnvironmentConfig config = Samples.Environment with
        {
            Services = new Dictionary<string, ServiceConfig> { ["one"] = Service(host, path), ["other"] = Service(otherHost, otherPath) },
        };

        Assert.That(Routes.Check(config).Count(), Is.EqualTo(apart ? 0 : 1));
    }

    [Test]
    public void Check_MoreServicesThanRules_IsAFinding()
    {
        EnvironmentConfig config = Samples.Environment with
        {
            Services = Enumerable.Range(0, 101).ToDictionary(i => $"s{i}", i => Service($"h{i}", null)),
        };

        Assert.That(
            Routes.Check(config).Select(p => p.Message), Is.EqualTo(new[] { "has 101 services; a load balancer allows 100 rules" }));
    }

    [TestCase(null, null, "has neither host nor paths, like api; only one service can receive the requests that match no other")]
    [TestCase("www", "/v1/*", "matches requests for /v1/* of www, and so does api")]
    [TestCase("", null, "matches requests for * of the domain, and so does api")]
    [Property("Finding", "U25")]
    public void Check_ServicesThatMatchTheSame_NamesBoth(string? host, string? path, string problem)
    {
        EnvironmentConfig config = Samples.Environment with
        {
            Services = new Dictionary<string, ServiceConfig> { ["api"] = Service(host, path), ["web"] = Service(host, path) },
        };

        Assert.That(Routes.Check(config).Single().Message, Is.EqualTo(problem));
    }

    private static ServiceConfig Service(string? host, string? path) =>
        new() { Port = 80, Host = host, Paths = path is null ? [] : [path] };

    private static string Expression(string pattern) =>
        $"^{pattern.Replace("*", ".*", StringComparison.Ordinal).Replace("?", ".", StringComparison.Ordinal)}$";

    private static IEnumerable<string> Texts(int length) =>
        length == 0 ? [""] : Texts(length - 1).SelectMany(t => t.Length == length - 1 ? new[] { t, t + "a", t + "b" } : [t]);
}
