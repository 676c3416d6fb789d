using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Schemas;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

[TestFixture]
public class KeySuggestionsTests
{
    private static readonly string[] ServiceKeys = [.. Field.Of(typeof(ServiceConfig)).Select(field => field.Key)];
    private static readonly string[] Sections = [.. Field.Of(typeof(EnvironmentConfig)).Select(field => field.Key)];

    [TestCase("memory", "memoryMiB")]
    [TestCase("health", "healthCommand,healthGraceSeconds,healthPath")]
    [TestCase("prot", "port")]
    [TestCase("env", "environment")]
    [TestCase("min_capacity", "autoscaling")]
    [TestCase("dockerfile", "")]
    public void For_AService_FindsWhatWasMeant(string unknown, string expected) =>
        Assert.That(string.Join(',', KeySuggestions.For(unknown, ServiceKeys)), Is.EqualTo(expected));

    [TestCase("postgres", "database")]
    [TestCase("vpc", "network")]
    [TestCase("queue", "queues")]
    [TestCase("SQS", "queues")]
    public void For_AnEnvironment_FindsWhatWasMeant(string unknown, string expected) =>
        Assert.That(string.Join(',', KeySuggestions.For(unknown, Sections)), Is.EqualTo(expected));

    [Test]
    public void Synonyms_AreOfKeysThatExist()
    {
        string[] keys =
        [
            .. typeof(EnvironmentConfig).Assembly.GetTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.Namespace == typeof(EnvironmentConfig).Namespace
                    && type.Name.EndsWith("Config", StringComparison.Ordinal))
                .SelectMany(type => Field.Of(type).Select(field => field.Key)),
        ];
        Assert.That(KeySynonyms.Suggested.Except(keys), Is.Empty);
    }

    [TestCase("a", "a"), TestCase("a b", "a or b"), TestCase("a b c", "a, b or c")]
    public void Choice_IsASentencePart(string keys, string expected) =>
        Assert.That(KeySuggestions.Choice(keys.Split(' ')), Is.EqualTo(expected));
}
