using Infra.Configuration;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>The local AWS gets the same resources as AWS.</summary>
internal sealed class EmulatorProfileTests
{
    private static readonly string[] OfProviders =
        ["profile", "s3_use_path_style", "shared_config_files", "shared_credentials_files", "skip_metadata_api_check"];

    private static readonly string[] OfStates =
        ["profile", "shared_config_files", "shared_credentials_files", "skip_metadata_api_check", "use_path_style"];

    private static readonly string[] OfDisposability = ["deletion_protection_enabled", "force_destroy", "prevent_destroy"];

    // Disposable in either case, because an emulator's memory is; except the bootstrap stack, which is never disposable elsewhere.
    private static readonly Lazy<LoadedEnvironment> Environment =
        new(() => WrittenEnvironment.Load("poc", """{ "extends": "@/examples/tap/poc.json", "disposable": true }"""));

    private static readonly Lazy<SynthesizedDeployment> OnAws = new(() => SynthesizedDeployment.Of(Environment.Value));

    private static readonly Lazy<SynthesizedDeployment> OnEmulator =
        new(() => SynthesizedDeployment.Of(Environment.Value, Example.Emulator));

    /// <summary>Where a stack configures access to AWS: its provider, its backend, and the state that it reads.</summary>
    private static IEnumerable<(JObject Settings, string[] Expected)> Ways(JObject stack)
    {
        foreach (JToken provider in stack["provider"]!["aws"]!)
            yield return ((JObject)provider, OfProviders);
        yield return ((JObject)stack["terraform"]!["backend"]!["s3"]!, OfStates);
        if (stack["data"]?["terraform_remote_state"]?["base"]?["config"] is JObject config)
            yield return (config, OfStates);
    }

    [TestCase("bootstrap"), TestCase("base"), TestCase("runtime")]
    [Property("Row", "X2")]
    public void Emulator_ChangesOnlyHowAwsIsReached(string stack)
    {
        var aws = (JObject)OnAws.Value[stack].Json.DeepClone();
        var emulator = (JObject)OnEmulator.Value[stack].Json.DeepClone();
        if (stack == "bootstrap")
            foreach (JProperty property in aws.Descendants()
                .Concat(emulator.Descendants())
                .OfType<JProperty>()
                .Where(p => OfDisposability.Contains(p.Name))
                .ToArray())
                (property.Parent is JObject { Count: 1, Parent: JProperty lifecycle } ? lifecycle : property).Remove();
        foreach ((JObject settings, string[] expected) in Ways(emulator))
            foreach (string setting in expected)
                Assert.That(settings.Remove(setting), Is.True, $"{settings.Path}.{setting}");

        Assert.That(CanonicalJson.Write(emulator), Is.EqualTo(CanonicalJson.Write(aws)));
    }

    [TestCase("bootstrap"), TestCase("base"), TestCase("runtime")]
    [Property("Row", "X2")]
    public void Emulator_IsReachedByItsProfile_WithBucketsInThePath(string stack)
    {
        foreach ((JObject settings, string[] expected) in Ways(OnEmulator.Value[stack].Json))
            Assert.Multiple(() =>
            {
                Assert.That((string?)settings["profile"], Is.EqualTo("emulator"));
                Assert.That(settings["shared_config_files"]!.Values<string>(), Is.EqualTo(new[] { "/emulator/config" }));
                Assert.That(settings["shared_credentials_files"]!.Values<string>(), Is.EqualTo(new[] { "/emulator/credentials" }));
                Assert.That((bool?)settings[expected.Contains("use_path_style") ? "use_path_style" : "s3_use_path_style"], Is.True);
            });
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "X2"), Property("Row", "H1")]
    public void OnAws_NothingNamesAProfileOrAKey(Example example, string stack)
    {
        if (example.Config.Emulator) return;

        foreach ((JObject settings, string[] expected) in Ways(example.Deployment[stack].Json))
            Assert.That(settings.Properties().Select(setting => setting.Name).Intersect([.. expected, "access_key", "secret_key", "token"]),
                Is.Empty);
    }

    [Test, Property("Finding", "U5")]
    public void ProtectedEmulator_HasTheProtectionOfAws()
    {
        LoadedEnvironment precious = WrittenEnvironment.Load("poc", """{ "extends": "@/examples/tap/poc.json" }""");
        static string[] Protection(SynthesizedStack stack) =>
        [
            .. stack.Json.Descendants().OfType<JProperty>()
                .Where(property => property.Name.Contains("protection", StringComparison.Ordinal) || property.Name == "prevent_destroy")
                .Select(property => $"{property.Path}: {property.Value}"),
        ];

        string[] onAws = Protection(SynthesizedDeployment.Of(precious).Base);
        Assert.That(onAws, Has.Some.EndsWith("prevent_destroy: True"));
        Assert.That(
            Protection(SynthesizedDeployment.Of(precious, Example.Emulator with { Protected = true }).Base), Is.EqualTo(onAws));
    }

    [Test, Property("Row", "X2")]
    public void Emulator_MakesAnyEnvironmentDisposable()
    {
        LoadedEnvironment precious = WrittenEnvironment.Load("poc", """{ "extends": "@/examples/tap/poc.json" }""");

        SynthesizedDeployment onEmulator = SynthesizedDeployment.Of(precious, Example.Emulator);
        Assert.That(CanonicalJson.Write(onEmulator.Base.Json), Is.EqualTo(CanonicalJson.Write(OnEmulator.Value.Base.Json)));
    }
}
