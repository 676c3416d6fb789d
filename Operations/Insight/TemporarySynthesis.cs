using Infra.Configuration;
using Infra.Contracts;
using Infra.Insight;
using Infra.Operations.Emulator;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Insight;

/// <summary>Synthesizes an environment to a temporary folder, only to read the stacks.</summary>
internal static class TemporarySynthesis
{
    /// <param name="context">Context of the verb.</param>
    /// <param name="environment">Environment to synthesize.</param>
    /// <param name="emulator">Whether it is on the emulator.</param>
    public static IReadOnlyList<StackJson> Stacks(RunContext context, LoadedEnvironment environment, bool emulator)
    {
        string folder = Directory.CreateTempSubdirectory("infra-stacks-").FullName;
        try
        {
            EmulatorProfile? profile = emulator ? EmulatorProfiles.Of(context.Checkout, environment.Config.Account) : null;
            SynthesisResult result = context.Synthesize(new SynthesisRequest(environment, folder, profile));
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
