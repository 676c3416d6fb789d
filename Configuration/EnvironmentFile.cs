using Infra.Configuration.Derived;
using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration;

/// <summary>Finds, reads and checks environment files. An error in a file is a finding, never an exception.</summary>
public static class EnvironmentFile
{
    /// <summary>Folder of environment files, relative to the root of the repository.</summary>
    public const string Folder = "environments";

    /// <summary>Environment variable that sets another folder.</summary>
    public const string FolderVariable = "INFRA_ENVIRONMENTS";

    private const string Ending = ".json";
    private const string Schema = "schema";

    /// <summary>
    /// Names of the available environments, in alphabetical order: the files directly in <c>environments/</c>. Files that several
    /// environments extend are in subfolders.
    /// </summary>
    public static IReadOnlyList<string> List(string rootDirectory)
    {
        string folder = FolderIn(rootDirectory);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, $"*{Ending}")
                .Select(f => Path.GetFileNameWithoutExtension(f)!)
                .Where(IsEnvironment)
                .Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Reads and checks an environment file.</summary>
    /// <param name="nameOrPath">A file in <c>environments/</c> without its extension, or the path of a file.</param>
    /// <param name="rootDirectory">Root of the repository; findings show file paths relative to it.</param>
    public static LoadResult Load(string nameOrPath, string rootDirectory)
    {
        string root = Path.GetFullPath(rootDirectory);
        if (Find(nameOrPath, root) is not { } path)
            return new LoadResult(null, [Missing(nameOrPath, root)]);

        SourceFiles source = SourceFiles.Read(path, root);
        if (source.Root is not { } entries)
            return new LoadResult(null, InFileOrder(source));

        var reader = new ConfigReader(source.Findings);
        EnvironmentConfig config = reader.Read(entries);
        var locator = new SourceLocation(entries);
        SiblingEnvironment[] others = [.. OthersIn(path, root)];
        var folder = new EnvironmentFolder(path, others, [.. FilesBeside(path).Select(file => Path.GetFileNameWithoutExtension(file)!)]);
        Finding Locate(RuleViolation problem)
        {
            Position at = locator.Find(problem.Path);
            return new Finding(at.File, at.Line, at.Column, problem.Path, problem.Message) { Rule = problem.Rule! };
        }
        source.Findings.AddRange(AllRules.Check(Severity.Error, config, folder).Where(p => !p.DependsOnAny(reader.Broken)).Select(Locate));
        if (source.Findings.Count > 0)
            return new LoadResult(null, InFileOrder(source));

        ILookup<bool, SiblingEnvironment> sharing = others.Where(o => o.SharesBootstrap(config))
            .ToLookup(o => !AllRules.Check(Severity.Error, o.Config).Any());
        LoadedEnvironment environment = Filled(source.Files[0], config) with
        {
            Sharing =
            [
                .. sharing[true].Select(
                    o => Filled(o.File, o.Config) with { DeployedFrom = Beside(o.Config.DeployedFrom), Promotes = Promoted(o.Config) }),
            ],
            Promotes = Promoted(config),
            DeployedFrom = Beside(config.DeployedFrom),
            Warnings =
            [
                .. AllRules.Check(Severity.Warning, config, folder).Select(Locate),
                .. sharing[false].Select(o =>
                    new Finding(o.File, 0, 0, "", "has findings; bootstrap would delete its roles until they are fixed")
                    {
                        Rule = Rule.SharedBootstrap,
                    }),
            ],
        };
        return new LoadResult(environment, []);

        LoadedEnvironment[] Promoted(EnvironmentConfig of) => [.. (of.Pipeline?.Promotes ?? []).Select(Beside).OfType<LoadedEnvironment>()];
        LoadedEnvironment? Beside(string? name) =>
            others.FirstOrDefault(o => o.Name == name) is { } other ? Filled(other.File, other.Config) : null;
    }

    private static LoadedEnvironment Filled(string file, EnvironmentConfig config)
    {
        Naming.Names names = DerivedDefaults.NamesOf(config);
        return new LoadedEnvironment(file, DerivedDefaults.Fill(config, names), names);
    }

    /// <summary>Absolute path of an environment file, or null if it does not exist.</summary>
    private static string? Find(string nameOrPath, string root)
    {
        if (nameOrPath.Length == 0)
            return null;
        string[] candidates = IsPath(nameOrPath)
            ? [Path.GetFullPath(nameOrPath), Path.GetFullPath(nameOrPath, root)]
            : [Path.Combine(FolderIn(root), nameOrPath + Ending)];
        return candidates.FirstOrDefault(File.Exists);
    }

    private static string FolderIn(string root) =>
        Path.GetFullPath(
            Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } other ? other : Folder, Path.GetFullPath(root));

    private static bool IsPath(string nameOrPath) =>
        nameOrPath.EndsWith(Ending, StringComparison.Ordinal)
            || nameOrPath.Contains('/')
            || nameOrPath.Contains(Path.DirectorySeparatorChar);

    private static Finding Missing(string nameOrPath, string root)
    {
        IReadOnlyList<string> names = List(root);
        string Choice(string where) =>
            names.Count == 0 ? $"there is none in {Folder}/ yet" : $"available{where}: {string.Join(", ", names)}";
        if (nameOrPath.Length == 0)
            return new Finding("", 0, 0, "", $"no environment is chosen; {Choice("")}");
        return IsPath(nameOrPath)
            ? new Finding(nameOrPath, 0, 0, "", $"does not exist; {Choice($" in {Folder}/")}")
            : new Finding(
                $"{Folder}/{nameOrPath}{Ending}", 0, 0, "", $"does not exist; {Choice("")}{ClosestMatch.Hint(nameOrPath, names)}");
    }

    // The schema is in the same folder, and so are local values of secrets (secrets.dev.json); a name contains no dot.
    private static bool IsEnvironment(string name) => name != Schema && !name.StartsWith("secrets.", StringComparison.Ordinal);

    // Without their findings: errors of another environment are reported when that environment is loaded.
    private static IEnumerable<SiblingEnvironment> OthersIn(string path, string root)
    {
        foreach (string other in FilesBeside(path))
        {
            SourceFiles source = SourceFiles.Read(other, root);
            if (source.Root is not { } entries)
                continue;
            EnvironmentConfig config = new ConfigReader(source.Findings).Read(entries);
            if (source.Findings.Count == 0)
                yield return new SiblingEnvironment(source.Files[0], config);
        }
    }

    private static IEnumerable<string> FilesBeside(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"*{Ending}")
            .Where(other => other != path && IsEnvironment(Path.GetFileNameWithoutExtension(other)))
            .Order(StringComparer.Ordinal);

    private static List<Finding> InFileOrder(SourceFiles source) =>
        [.. source.Findings.OrderBy(f => source.Files.ToList().IndexOf(f.File)).ThenBy(f => f.Line).ThenBy(f => f.Column)];
}
