using System.Reflection;
using System.Text.RegularExpressions;
using Infra.Configuration;
using Infra.Configuration.Findings;
using Infra.Configuration.Rules.Network;
using Infra.Configuration.Validation;
using Infra.Stacks;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

/// <summary>Every rule is found, has an id that stays, and is in the reference.</summary>
public class RulesTests
{
    private static readonly Type[] Classes =
    [
        .. typeof(Egress).Assembly.GetTypes()
            .Where(type => !type.IsNested && type.Namespace?.StartsWith("Infra.Configuration.Rules.", StringComparison.Ordinal) == true),
    ];

    // The list of rules is part of the page, so a changed id changes the page.
    [Test]
    public void CommittedReference_IsTheOneOfTheRules() =>
        GeneratedPage.Verify("rules.md", RuleReferenceWriter.Write(PermissionFindings.Rules));

    [TestCaseSource(nameof(Classes))]
    public void EveryMethodThatReturnsViolations_IsARuleOfItsFolder(Type type)
    {
        MethodInfo[] methods =
        [
            .. type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Where(method => method.ReturnType == typeof(IEnumerable<RuleViolation>)),
        ];
        Assert.That(methods, Is.Not.Empty);
        foreach (MethodInfo method in methods)
        {
            Rule? rule = method.GetCustomAttribute<RuleAttribute>()?.Rule;
            Assert.That(rule, Is.Not.Null, method.Name);
            Assert.That(AllRules.Rules, Does.Contain(rule));
            Assert.That(rule!.Id, Does.StartWith($"{type.Namespace!.Split('.')[^1].ToLowerInvariant()}/"));
            Assert.That(rule.Severity, Is.EqualTo(method.Name == "Warn" ? Severity.Warning : Severity.Error));
            Assert.That(rule.Summary, Does.Match("^[/A-Z].*[^.]\\.$"));
        }
    }

    [Test]
    public void Ids_AreUnique_AndInKebabCase()
    {
        string[] ids = [.. AllRules.Rules.Select(rule => rule.Id)];
        Assert.That(ids, Is.Unique.And.Length.GreaterThan(55));
        Assert.That(ids.Where(id => !Regex.IsMatch(id, "^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$")), Is.Empty);
    }

    [TestCase("""{ "name": "dev", "project": "shop", "account": "111111111111", "region": "eu-central-1", "servces": {} }""", "file/form")]
    [TestCase("""{ "name": "prod", "project": "shop", "account": "111111111111", "region": "eu-central-1" }""", "naming/file-name")]
    [TestCase("""{ "name": "dev", "project": "shop", "account": "111111111111", "region": "eu-nowhere-1" }""", "account/region")]
    public void Finding_HasItsRule(string text, string id)
    {
        Rule rule = Load(text).Findings.Single().Rule;
        Assert.That((rule.Id, rule.Severity), Is.EqualTo((id, Severity.Error)));
    }

    [Test]
    public void Warning_HasItsRule()
    {
        Rule rule = Load("""
            {
              "name": "dev", "project": "shop", "account": "111111111111", "region": "eu-central-1",
              "security": { "account": { "securityHub": ["nist-800-53/v/5.0.0"], "configRecorder": false } }
            }
            """).Environment!.Warnings.Single().Rule;
        Assert.That((rule.Id, rule.Severity), Is.EqualTo(("account/security-hub", Severity.Warning)));
    }

    private static LoadResult Load(string text)
    {
        using var folder = new TestFolder();
        folder.Write("dev.json", text);
        return EnvironmentFile.Load("dev.json", folder.Root);
    }
}
