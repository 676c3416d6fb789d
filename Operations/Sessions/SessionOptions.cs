namespace Infra.Operations.Sessions;

/// <summary>What the command line says about the environment to work on.</summary>
/// <param name="Environment">Name or path; none means what <c>INFRA_ENV</c> says.</param>
/// <param name="Profile">AWS profile; none means AWS's usual chain.</param>
/// <param name="Emulator">Whether to use the emulator though the environment names an account.</param>
/// <param name="Yes">Whether every question is answered beforehand.</param>
/// <param name="DryRun">Whether to stop after the plan.</param>
/// <param name="LockTimeout">How long a lock held by somebody else is waited for.</param>
internal sealed record SessionOptions(string? Environment, string? Profile, bool Emulator, bool Yes, bool DryRun, TimeSpan LockTimeout)
{
    /// <summary>Variable that chooses the environment where no option does, as when cdktf calls.</summary>
    public const string EnvironmentVariable = "INFRA_ENV";

    /// <summary>Variable that, set to 1, stands for <c>--emulator</c>: what a workflow does, tried locally.</summary>
    public const string EmulatorVariable = "INFRA_EMULATOR";

    /// <summary>Name or path of the chosen environment; null where nobody chose.</summary>
    public string? Chosen => new[] { Environment, System.Environment.GetEnvironmentVariable(EnvironmentVariable) }.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name));

    /// <summary>The choice of environment and account as it would be typed again: <c>--env dev --profile acme-dev</c>.</summary>
    public string AsTyped =>
        $"--env {Chosen}"
        + (Profile is null ? "" : $" --profile {Profile}")
        + (Emulator ? " --emulator" : "");

    public static readonly TimeSpan DefaultLockTimeout = TimeSpan.FromMinutes(5);
}
