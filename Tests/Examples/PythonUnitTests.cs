using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>The example applications in Python pass their own tests.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.All)]
internal sealed class PythonUnitTests
{
    [Test, Property("Row", "H-L2")]
    public async Task Hoopstat_SharedLibraryAndBothApplications()
    {
        ExamplesPython python = await ExamplesPython.FindAsync();
        string output = await python.TestAsync("examples/hoopstat-haus/apps", "-v");

        Assert.That(output, Does.Contain("shared/tests/test_shared.py").And.Contain("data-pipeline/tests/test_pipeline.py")
            .And.Contain("stats-api/tests/test_app.py"));
    }

    [Test]
    public async Task Tap_Backend()
    {
        ExamplesPython python = await ExamplesPython.FindAsync();
        Assert.That(await python.TestAsync("examples/tap/app/backend", "-v"), Does.Contain("tests/test_backend.py"));
    }
}
