using Infra.Configuration.Model;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Smoke;

/// <summary>The smoke command: runs the smoke tests of an environment.</summary>
internal static class SmokeCommand
{
    /// <param name="context">Context of the run.</param>
    /// <param name="options">Selects the environment.</param>
    /// <param name="only">Names of tests; empty means all.</param>
    public static async Task<ExitCode> RunAsync(RunContext context, SessionOptions options, IReadOnlyCollection<string> only)
    {
        Connection connection = await Connection.OpenAsync(context, options);
        EnvironmentConfig config = connection.Environment.Config;
        foreach (string name in only)
        {
            if (config.Smoke.All(test => test.Name != name))
                throw OperationException.BadInput(
                    $"{config.Name} has no smoke test {name}", $"available: {string.Join(", ", config.Smoke.Select(test => test.Name))}");
        }

        if (config.Smoke.Count == 0)
        {
            context.Reporter.Line($"{config.Name} has no smoke tests; add them to \"smoke\" in the environment file");
            context.Report(new JArray());
            return ExitCode.Ok;
        }

        var run = new SmokeRun(
            context, connection.Environment, connection.Access, connection.OnEmulator,
            await DeployedOutputs.ReadAsync(connection.State, connection.Environment.Names, context.Stopping));
        IReadOnlyList<SmokeResult> results =
            await run.RunAsync([.. config.Smoke.Where(test => only.Count == 0 || only.Contains(test.Name))]);
        int failed = results.Count(result => result.Failure is not null);
        int leftOut = results.Count(result => result.LeftOut is not null);
        context.Reporter.Line($"{results.Count - failed - leftOut} passed, {failed} failed{(leftOut > 0 ? $", {leftOut} skipped" : "")}");
        context.Report(new JArray(results.Select(result => new JObject
        {
            ["name"] = result.Name,
            ["passed"] = result.Failure is null && result.LeftOut is null,
            ["failure"] = result.Failure,
            ["skipped"] = result.LeftOut,
            ["seconds"] = Math.Round(result.Took.TotalSeconds, 1),
        })));
        return failed > 0 ? ExitCode.Failed : ExitCode.Ok;
    }
}
