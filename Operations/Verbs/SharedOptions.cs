using System.CommandLine;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Verbs;

/// <summary>
/// Options of more than one verb, before or after its name. Every verb accepts all of them, so that a script can set them once.
/// </summary>
internal static class SharedOptions
{
    public static readonly Option<string?> Environment = new("--env", "-e")
    {
        Description = "Environment: a name under environments/, or the path of an environment file. Default: INFRA_ENV",
        HelpName = "NAME",
        Recursive = true,
    };

    public static readonly Option<string?> Profile = new("--profile", "-p")
    {
        Description = "AWS profile. Default: AWS's default credential chain (AWS_PROFILE, keys, web identity, …)",
        HelpName = "NAME",
        Recursive = true,
    };

    public static readonly Option<bool> Yes = new("--yes", "-y")
    {
        Description = "Skip confirmation prompts",
        Recursive = true,
    };

    public static readonly Option<bool> DryRun = new("--dry-run", "-n")
    {
        Description = "Show what would change, change nothing",
        Recursive = true,
    };

    public static readonly Option<bool> Emulator = new("--emulator")
    {
        Description = "Use the local AWS emulator instead of the environment's account; INFRA_EMULATOR=1 does the same",
        Recursive = true,
    };

    public static readonly Option<int> LockTimeout = new("--lock-timeout")
    {
        Description = "Seconds to wait for a state lock that is held by another run",
        HelpName = "SECONDS",
        Recursive = true,
        DefaultValueFactory = _ => (int)SessionOptions.DefaultLockTimeout.TotalSeconds,
        Validators = { Least.Of(0) },
    };

    public static readonly IReadOnlyList<Option> All = [Environment, Profile, Yes, DryRun, Emulator, LockTimeout];

    /// <summary>Those of verbs that only read environment files.</summary>
    public static readonly IReadOnlyList<Option> OfFiles = [Environment];

    /// <summary>Those of verbs that only read from an account.</summary>
    public static readonly IReadOnlyList<Option> OfAccount = [Environment, Profile, Emulator];

    /// <summary>Those of verbs that change an account without a lock.</summary>
    public static readonly IReadOnlyList<Option> OfChanges = [Environment, Profile, Yes, DryRun, Emulator];

    /// <summary>The options given on the command line or, for some, in an environment variable.</summary>
    public static SessionOptions Read(RunContext context, ParseResult parsed)
    {
        // Blank counts as unset: the value of a script's variable that is empty.
        string? environment = parsed.GetValue(Environment);
        if (string.IsNullOrWhiteSpace(environment))
            environment = context.Variables[SessionOptions.EnvironmentVariable];
        return new SessionOptions(
            environment,
            parsed.GetValue(Profile),
            parsed.GetValue(Emulator) || context.Variables.IsOn(SessionOptions.EmulatorVariable),
            parsed.GetValue(Yes),
            parsed.GetValue(DryRun),
            TimeSpan.FromSeconds(parsed.GetValue(LockTimeout)));
    }
}
