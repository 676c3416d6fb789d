using System.Runtime.CompilerServices;
using Infra.Configuration;

namespace Infra.Tests.Configuration;

/// <summary>A folder with environment files, gone after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    /// <summary>An environment in which nothing is wrong and everything has a place of its own.</summary>
    public const string Valid = """
        {
          "name": "test",
          "project": "shop",
          "account": "111111111111",
          "region": "eu-central-1"
        }
        """;

    public TestFolder() => Root = Directory.CreateTempSubdirectory("infra-tests-").FullName;

    public string Root { get; }

    /// <summary>Root of the repository that the tests are part of.</summary>
    public static string Repository([CallerFilePath] string thisFile = "")
    {
        foreach (string start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(thisFile)! })
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "cdktf.json")))
                    return folder.FullName;
        throw new DirectoryNotFoundException("no folder above the tests holds cdktf.json");
    }

    public string Write(string path, string text)
    {
        string file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Loads an environment called test that has the sections of <see cref="Valid"/> and those given.</summary>
    /// <param name="sections">JSON object that is laid over it.</param>
    public static LoadResult Load(string sections)
    {
        using var folder = new TestFolder();
        folder.Write("shared/valid.json", Valid);
        folder.Write("test.json", """{ "extends": "shared/valid.json", """ + sections.Trim()[1..]);
        return EnvironmentFile.Load("test.json", folder.Root);
    }

    /// <summary>Findings of an environment, without file and line: <c>network.nat  "none" …</c>.</summary>
    public static IReadOnlyList<string> Findings(string sections) => [.. Load(sections).Findings.Select(f => $"{f.Path}  {f.Message}")];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
