using System.Reflection;
using System.Text.RegularExpressions;
using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>docs/findings.md lists every finding of the reviews of infrastructure, IAM and GitHub, and each is named by a test.</summary>
internal sealed partial class FindingsTests
{
    private static readonly Dictionary<string, string> Listed = File.ReadLines(Path.Combine(Checkout.Find().Root, "docs", "findings.md"))
        .Select(line => Row().Match(line)).Where(match => match.Success)
        .ToDictionary(match => match.Groups["id"].Value, match => match.Groups["status"].Value);

    private static readonly string[] Ids =
    [
        .. Enumerable.Range(1, 25).Select(number => $"A{number}"), .. Enumerable.Range(1, 18).Select(number => $"B{number}"),
        .. Enumerable.Range(1, 13).Select(number => $"C{number}"),
        .. Listed.Keys.Where(id => id.StartsWith('U')),
    ];

    private static readonly HashSet<string> Tested =
    [
        .. from type in Assembly.GetExecutingAssembly().GetTypes()
           from member in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public).Cast<MemberInfo>().Append(type)
           from property in member.GetCustomAttributes<PropertyAttribute>()
           from value in property.Properties["Finding"].Cast<string>()
           select value,
    ];

    [TestCaseSource(nameof(Ids))]
    public void Finding_IsListed_AndHasATest(string id)
    {
        Assert.That(Listed, Does.ContainKey(id));
        Assert.That(Listed[id], Is.EqualTo("fixed").Or.EqualTo("refuted"));
        Assert.That(Tested, Does.Contain(id), "no test has this finding's id");
    }

    [Test]
    public void Tests_NameNoFindingThatIsNotListed() => Assert.That(Tested.Except(Listed.Keys), Is.Empty);

    [GeneratedRegex(@"^\| (?<id>[ABCU]\d+) \| (?<status>\w+) \|")]
    private static partial Regex Row();
}
