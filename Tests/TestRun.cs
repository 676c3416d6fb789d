using Infra.Constructs.Extensions;
using Infra.Operations.Workspace;
using Infra.Stacks;
using Infra.Tests.Emulator;
using Infra.Tests.Emulator.Providers;
using Infra.Tests.Emulator.Servers;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests;

/// <summary>Runs before the first and after the last test of all: NUnit runs it around everything in its namespace.</summary>
[SetUpFixture]
internal sealed class TestRun
{
    /// <summary>
    /// Does what the launcher does: without the variables, jsii's messages about the version of Node hide those of tests.
    /// </summary>
    [OneTimeSetUp]
    public void Prepare()
    {
        // As ./infra, to which tests pass paths relative to it.
        Environment.CurrentDirectory = Checkout.Find().Root;
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20,22,24");
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "1");
        // As Main.cs, and the example of docs/extending.md.
        ExtensionRegistry.AddFrom(typeof(Extension).Assembly);
        ExtensionRegistry.AddFrom(typeof(TestRun).Assembly);
        // Whatever test is the first: jsii unpacks its packages now.
        JsiiFolder.Use(() => _ = Variants.Minimal.Value);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        AppliedEnvironment.StopAll();
        EmulatorTemplate.Stop();
        ProviderPool.Stop();
        SynthesisFolder.Remove();
    }
}
