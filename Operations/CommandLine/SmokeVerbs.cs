using System.CommandLine;
using Infra.Operations.Smoke;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>smoke</c>.</summary>
internal static class SmokeVerbs
{
    public static Verb Create(RunContext context)
    {
        var only = new Option<string[]>("--only") { Description = "Only the test of that name; may be given more than once", HelpName = "NAME" };
        return new Verb(
            "smoke",
            "Ask the running environment what its file says under \"smoke\"; exit code 1 if an answer is wrong",
            "./infra smoke --env prod",
            "./infra smoke --env prod --only api-health")
        {
            only,
        }.Does(parsed => SmokeCommand.RunAsync(context, Options.Read(parsed), parsed.GetValue(only) ?? []));
    }
}
