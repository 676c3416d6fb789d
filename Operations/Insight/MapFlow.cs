using Infra.Configuration;
using Infra.Insight;
using Infra.Operations.Deployment;

namespace Infra.Operations.Insight;

/// <summary>The verb map: synthesizes an environment aside and tells what it is made of.</summary>
internal sealed class MapFlow(RunContext context)
{
    /// <param name="environment">Chosen environment.</param>
    /// <param name="json">Whether a program reads it.</param>
    /// <param name="file">File to write to; none means standard output.</param>
    public ExitCode Run(string? environment, bool json, string? file)
    {
        LoadedEnvironment loaded = EnvironmentLoader.Load(context, environment, warn: !json);
        IReadOnlyList<StackJson> stacks = Stacks(loaded);
        string title = $"{loaded.Config.Project} {loaded.Config.Name}";
        var map = ResourceMap.Of(stacks);
        var discovery = DiscoveryTable.Of(stacks);
        string text = json ? MapWriter.Json(title, map, discovery) : MapWriter.Markdown(title, map, discovery);
        if (file is null)
        {
            context.Reporter.Line(text.TrimEnd('\n'));
        }
        else
        {
            File.WriteAllText(file, text.TrimEnd('\n') + "\n");
            context.Reporter.Line($"{title}: {map.Resources.Count} resources in {file}");
        }

        return ExitCode.Ok;
    }

    /// <summary>As for AWS, whatever the environment lives on: what is made is the same.</summary>
    private IReadOnlyList<StackJson> Stacks(LoadedEnvironment environment)
    {
        string folder = Directory.CreateTempSubdirectory("infra-map-").FullName;
        try
        {
            SynthesisResult result = context.Synthesize(new SynthesisRequest(environment, folder, Emulator: null));
            return result.Findings.Count == 0
                ? StackJson.ReadAll(folder)
                : throw EnvironmentLoader.Invalid(context, environment.File, result.Findings);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
