using NUnit.Framework;

namespace Infra.Tests;

/// <summary>Where tests synthesize to; gone after the run.</summary>
[SetUpFixture]
internal sealed class SynthesizedFolder
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("infra-tests-").FullName);

    public static string Path => Folder.Value;

    [OneTimeTearDown]
    public void Remove()
    {
        if (Folder.IsValueCreated) Directory.Delete(Folder.Value, recursive: true);
    }
}
