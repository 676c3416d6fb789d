using Infra.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Configuration;

/// <summary>A folder with environment files, deleted after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    /// <summary>An environment without findings that has every section.</summary>
    public const string Valid = """
        {
          "name": "test",
          "project": "shop",
          "account": "111111111111",
          "region": "eu-central-1"
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.Path;

    public string Write(string path, string text) => _folder.Write(path, text);

    /// <summary>Loads an environment called test with the sections of <see cref="Valid"/> and the given ones.</summary>
    /// <param name="sections">JSON object that is merged into it.</param>
    public static LoadResult Load(string sections)
    {
        using var folder = new TestFolder();
        folder.Write("shared/valid.json", Valid);
        folder.Write("test.json", """{ "extends": "shared/valid.json", """ + sections.Trim()[1..]);
        return EnvironmentFile.Load("test.json", folder.Root);
    }

    /// <summary>Findings of an environment, without file and line: <c>network.nat  "none" …</c>.</summary>
    public static IReadOnlyList<string> Findings(string sections) => [.. Load(sections).Findings.Select(f => $"{f.Path}  {f.Message}")];

    public void Dispose() => _folder.Dispose();
}
