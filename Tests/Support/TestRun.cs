using Infra.Stacks;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests;

/// <summary>What all tests share: the folder they synthesize to, gone after the run. In this namespace, so that it is there before any of them.</summary>
[SetUpFixture]
internal sealed class TestRun
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("infra-tests-").FullName);

    public static string OutDir => Folder.Value;

    /// <summary>What the launcher does, too: jsii's banner about Node's age hides what tests have to say.</summary>
    [OneTimeSetUp]
    public void Quiet()
    {
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20,22,24");
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "1");
        // Whatever test is the first: jsii unpacks its packages now.
        JsiiFolder.Use(() => _ = Variants.Minimal.Value);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        AppliedEnvironment.StopAll();
        if (Folder.IsValueCreated) Directory.Delete(Folder.Value, recursive: true);
    }
}
