using System.CommandLine;
using Infra.Operations.Smoke;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>smoke</c>.</summary>
internal static class SmokeVerbs
{
    public static Verb Create(RunContext context)
    {
        var only = new Option<string[]>("--only") { Description = "Only the test of that name; can be repeated", HelpName = "NAME" };
        return new Verb(
            "smoke",
            "Run the smoke tests of the environment file against the running environment; exit code 1 if a test fails",
            "./infra smoke --env prod",
            "./infra smoke --env prod --only api-health")
        {
            only,
        }.WithAction(parsed => SmokeCommand.RunAsync(context, Options.Read(context, parsed), parsed.GetValue(only) ?? []));
    }
}
