using System.CommandLine;
using Infra.Operations.CommandLine;
using Infra.Operations.Verbs;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Verbs;

/// <summary>Every verb that reports does it as JSON, too.</summary>
internal sealed class JsonOptionTests
{
    private const string Changes = "changes something: its exit code is the result";
    private const string Page = "its output is a page in Markdown, or a picture";

    private static readonly Dictionary<string, string> Without = new(StringComparer.Ordinal)
    {
        ["setup"] = Changes,
        ["bootstrap"] = Changes,
        ["domain"] = Changes,
        ["deploy"] = "plan --json has the changes",
        ["deliver"] = "plan --json has the changes",
        ["destroy"] = "plan --destroy --json has the changes",
        ["synth"] = "writes JSON to a folder",
        ["graph"] = Page,
        ["report"] = Page,
        ["access"] = Page,
        ["targets"] = Page,
        ["release"] = "status --json has the result",
        ["promote"] = "status --json has the result",
        ["rollback"] = "status --json has the result",
        ["migrate"] = Changes,
        ["site deploy"] = Changes,
        ["layer deploy"] = "layer list --json has the result",
        ["layer pack"] = "writes a file",
        ["layer publish"] = "layer list --json has the result",
        ["layer rollback"] = "layer list --json has the result",
        ["images export"] = Changes,
        ["images import"] = Changes,
        ["images push"] = Changes,
        ["wake"] = "schedule --json has the result",
        ["sleep"] = "schedule --json has the result",
        ["alarms test"] = Changes,
        ["secrets set"] = "secrets list --json has the result",
        ["secrets rotate"] = "secrets list --json has the result",
        ["secrets rollback"] = "secrets list --json has the result",
        ["database snapshot"] = "database backups --json has the result",
        ["database restore"] = "database backups --json has the result",
        ["database delete-previous"] = Changes,
        ["state restore"] = "state list --json has the result",
        ["state push"] = "state list --json has the result",
        ["drill failover"] = Page,
        ["github comment"] = Changes,
        ["github dispatch"] = Changes,
        ["github issue"] = Changes,
        ["github protect"] = "doctor github --json has the result",
        ["emulator start"] = "emulator status --json has the result",
        ["emulator stop"] = Changes,
        ["emulator env"] = "its output is for a shell",
        ["test"] = "writes the results of NUnit",
        ["trial"] = Page,
        ["completion"] = "its output is for a shell",
    };

    [Test]
    public void EveryVerb_HasTheOption_OrAReasonNotTo()
    {
        using var host = new TestHost();
        (string Name, bool Has)[] verbs = [.. Verbs(RegisteredVerbs.Root(host.Context), "")];
        Assert.Multiple(() =>
        {
            Assert.That(verbs.Where(verb => !verb.Has).Select(verb => verb.Name), Is.EquivalentTo(Without.Keys));
            Assert.That(verbs.Count(verb => verb.Has), Is.GreaterThan(15));
        });
    }

    private static IEnumerable<(string Name, bool Has)> Verbs(Command command, string path)
    {
        foreach (Command each in command.Subcommands)
        {
            string name = $"{path} {each.Name}".Trim();
            if (each is Verb)
                yield return (name, each.Options.OfType<JsonOption>().Any());
            foreach ((string Name, bool Has) below in Verbs(each, name))
                yield return below;
        }
    }
}
