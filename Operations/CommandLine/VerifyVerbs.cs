using System.CommandLine;
using Infra.Operations.Verification;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>verify</c>.</summary>
internal static class VerifyVerbs
{
    public static Verb Create(RunContext context)
    {
        var part = new Argument<string>("PART") { Description = $"What to look at: {string.Join(", ", VerifyCommand.Parts)}" };
        return new Verb(
            "verify",
            "Whether AWS takes who asks and everything that applications stand on answers",
            "./infra verify auth --env dev                    who asks, and one right for each service",
            "./infra verify infrastructure --env dev          buckets, registry, network",
            "./infra verify application --env dev             a sample is built and pushed, objects written, configuration discovered",
            "./infra verify end-to-end --env dev              the smoke tests of what runs")
        {
            part,
        }.Does(parsed => new VerifyCommand(context, Options.Read(parsed)).RunAsync(parsed.GetValue(part)!));
    }
}
