using Infra.Stacks;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests;

/// <summary>Runs before the first and after the last test of all: NUnit runs it around everything in its namespace.</summary>
[SetUpFixture]
internal sealed class TestRun
{
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
        SynthesisFolder.Remove();
    }
}
