using Infra.Configuration;
using Infra.Insight;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Insight;

/// <summary>The map command: synthesizes an environment to a temporary folder and lists its resources.</summary>
internal sealed class MapCommand(RunContext context)
{
    /// <param name="options">Chosen environment, and whether it is on the emulator, where everything is disposable.</param>
    /// <param name="json">Whether to write JSON.</param>
    /// <param name="file">File to write to; null means standard output.</param>
    public ExitCode Run(SessionOptions options, bool json, string? file)
    {
        LoadedEnvironment loaded = EnvironmentLoader.Load(context, options.Environment, warn: !json);
        IReadOnlyList<StackJson> stacks = TemporarySynthesis.Stacks(context, loaded, options.Emulator);
        string title = $"{loaded.Config.Project} {loaded.Config.Name}";
        var map = ResourceMap.Of(stacks);
        var discovery = DiscoveryTable.Of(stacks);
        MapContact[] contacts =
            [.. loaded.Config.Contacts.Select(contact => new MapContact(contact.Role, contact.Name, [.. contact.Ways]))];
        string text = json ? MapWriter.Json(title, map, discovery, contacts) : MapWriter.Markdown(title, map, discovery, contacts);
        if (file is null && !json && context.Reporter.Interactive)
        {
            foreach (string line in MapTable.Lines(title, map, context.Reporter.Width))
                context.Reporter.Line(line);
        }
        else if (file is null)
        {
            context.Reporter.Line(text.TrimEnd('\n'));
        }
        else
        {
            ReportFile.Write(file, text.TrimEnd('\n') + "\n");
            context.Reporter.Line($"{title}: {map.Resources.Count} resources in {file}");
        }

        return ExitCode.Ok;
    }
}
