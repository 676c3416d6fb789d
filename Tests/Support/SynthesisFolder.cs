namespace Infra.Tests.Support;

/// <summary>The folder that tests synthesize to; <c>TestRun</c> removes it after the run.</summary>
internal static class SynthesisFolder
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("infra-tests-").FullName);

    public static string FullName => Folder.Value;

    public static void Remove()
    {
        if (Folder.IsValueCreated) Directory.Delete(Folder.Value, recursive: true);
    }
}
