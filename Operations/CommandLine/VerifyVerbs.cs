using System.CommandLine;
using Infra.Operations.Verification;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>verify</c>.</summary>
internal static class VerifyVerbs
{
    public static Verb Create(RunContext context)
    {
        var part = new Argument<string>("PART") { Description = $"What to check: {string.Join(", ", VerifyCommand.Parts)}" };
        return new Verb(
            "verify",
            "Check credentials and everything that applications depend on",
            "./infra verify auth --env dev                    the caller, and one permission for each service",
            "./infra verify infrastructure --env dev          buckets, registry, network",
            "./infra verify application --env dev             builds and pushes a sample, writes objects, reads discovery parameters",
            "./infra verify end-to-end --env dev              the smoke tests of the running environment")
        {
            part,
        }.WithAction(parsed => new VerifyCommand(context, Options.Read(context, parsed)).RunAsync(parsed.GetValue(part)!));
    }
}
