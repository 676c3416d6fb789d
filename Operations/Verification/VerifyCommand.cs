using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Smoke;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Verification;

/// <summary>The verify command: checks credentials and everything that applications depend on. It leaves nothing behind.</summary>
/// <param name="context">Context of the run.</param>
/// <param name="options">Selects the environment.</param>
/// <param name="deploy">Whether end-to-end deploys each released service again.</param>
internal sealed class VerifyCommand(RunContext context, SessionOptions options, bool deploy = false)
{
    /// <summary>Parts, in the order to run them.</summary>
    public static readonly IReadOnlyList<string> Parts = ["auth", "infrastructure", "application", "end-to-end"];

    /// <summary>Runs every check of a part, even if others fail.</summary>
    public async Task<ExitCode> RunAsync(string part)
    {
        if (deploy && part != "end-to-end")
            throw OperationException.BadInput($"--deploy is an option of verify end-to-end, not of {part}");
        Connection connection = await Connection.OpenAsync(context, options);
        IReadOnlyList<Check> checks = part switch
        {
            "auth" => new AuthChecks(connection).All(),
            "infrastructure" => new InfrastructureChecks(connection).All(),
            "application" => new ApplicationChecks(context, connection).All(),
            "end-to-end" =>
            [
                .. new HealthChecks(connection, deploy).All(), .. new PermissionChecks(connection).All(),
                .. new NetworkChecks(connection).All(),
            ],
            _ => throw OperationException.BadInput($"there is no part {part}", $"available: {string.Join(", ", Parts)}"),
        };
        int failed = 0;
        var result = new JArray();
        void Add(Check check, bool passed, string found)
        {
            result.Add(new JObject { ["name"] = check.Name, ["passed"] = passed, ["found"] = found });
            if (passed)
                context.Reporter.Good($"  ok      {check.Name}: {found}");
            else
                context.Reporter.Error($"  failed  {check.Name}: {found}");
        }

        foreach (Check check in checks)
        {
            try
            {
                Add(check, passed: true, await check.Seen(context.Stopping));
            }
            catch (Exception e) when (e is OperationException or HttpRequestException || AwsFailure.Of(e) is not null)
            {
                failed++;
                Add(check, passed: false, (AwsFailure.Of(e) ?? e).Message);
            }
        }

        string summary = $"{part}: {checks.Count - failed} passed, {failed} failed";
        if (failed == 0)
            context.Reporter.Good(summary);
        else
            context.Reporter.Error(summary);
        context.Report(result);
        // Its tests are a report of their own: smoke --json.
        ExitCode smoke = part == "end-to-end"
            ? await SmokeCommand.RunAsync(context.With(context.Reporter), options, [])
            : ExitCode.Ok;
        return failed == 0 ? smoke : ExitCode.Failed;
    }
}

/// <summary>One check.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="Seen">Runs the check and returns its result; an exception is the reason for failure.</param>
internal sealed record Check(string Name, Func<CancellationToken, Task<string>> Seen);
