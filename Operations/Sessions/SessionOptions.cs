namespace Infra.Operations.Sessions;

/// <summary>Options of the command line that select environment and account.</summary>
/// <param name="Environment">Name or path of the environment, from the option or <c>INFRA_ENV</c>; null if none was chosen.</param>
/// <param name="Profile">AWS profile; null means the default credential chain.</param>
/// <param name="Emulator">Whether to use the emulator instead of the environment's account.</param>
/// <param name="Yes">Whether to skip confirmation prompts.</param>
/// <param name="DryRun">Whether to stop after the plan.</param>
/// <param name="LockTimeout">How long to wait for a lock that is held by another run.</param>
internal sealed record SessionOptions(string? Environment, string? Profile, bool Emulator, bool Yes, bool DryRun, TimeSpan LockTimeout)
{
    /// <summary>Variable that chooses the environment if no option does, for example when cdktf runs the program.</summary>
    public const string EnvironmentVariable = "INFRA_ENV";

    /// <summary>Variable that, set to 1, means <c>--emulator</c>, to run a workflow's commands locally.</summary>
    public const string EmulatorVariable = "INFRA_EMULATOR";

    /// <summary>The options for environment and account, to show in commands: <c>--env dev --profile acme-dev</c>.</summary>
    public string AsTyped =>
        $"--env {Environment}"
        + (Profile is null ? "" : $" --profile {Profile}")
        + (Emulator ? " --emulator" : "");

    public static readonly TimeSpan DefaultLockTimeout = TimeSpan.FromMinutes(5);
}
