using System.CommandLine;
using Infra.Operations.Verbs;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Verbs;

internal sealed class InvocationTests
{
    private readonly Argument<string[]> _names = new("NAME") { Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => ["base"] };
    private readonly Argument<string[]> _more = new("MORE") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _only = new("--only");
    private readonly Option<string?> _from = new("--from");

    [Test]
    public void OptionsThatAreNotGiven_AreEmptyOrNull() => With([], invocation =>
    {
        Assert.That(invocation.Value(_only), Is.Empty);
        Assert.That(invocation.Value(_more), Is.Empty);
        Assert.That(invocation.Value(_from), Is.Null);
        Assert.That(invocation.Options.Environment, Is.Null);
    });

    [Test]
    public void Default_IsAValueThatIsNotGiven()
    {
        With([], invocation =>
            Assert.That((invocation.Value(_names), invocation.IsGiven(_names)), Is.EqualTo((new[] { "base" }, false))));
        With(["base"], invocation =>
            Assert.That((invocation.Value(_names), invocation.IsGiven(_names)), Is.EqualTo((new[] { "base" }, true))));
    }

    [Test]
    public void Options_CanBeBeforeAndAfterArguments() => With(["--only", "a", "x", "--env", "dev", "--only", "b"], invocation =>
    {
        Assert.That(invocation.Value(_only), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(invocation.Value(_names), Is.EqualTo(new[] { "x" }));
        Assert.That(invocation.Options.Environment, Is.EqualTo("dev"));
    });

    private void With(string[] args, Action<Invocation> check)
    {
        using var host = new TestHost();
        var root = new RootCommand { _names, _more, _only, _from };
        foreach (Option option in SharedOptions.All)
            root.Options.Add(option);
        check(new Invocation(host.Context, root.Parse(args)));
    }
}
