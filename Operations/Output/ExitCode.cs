namespace Infra.Operations.Output;

/// <summary>Exit codes, the same for every command.</summary>
public enum ExitCode
{
    /// <summary>Success, or nothing to do.</summary>
    Ok = 0,

    /// <summary>Failure of Terraform or of a test, or an unexpected error.</summary>
    Failed = 1,

    /// <summary>Invalid command line, environment file or variables, or no confirmation: nothing was changed.</summary>
    BadInput = 2,

    /// <summary>The credentials belong to another account or region than the environment's: nothing was changed.</summary>
    WrongAccount = 3,

    /// <summary>A program is missing or too old.</summary>
    ToolMissing = 4,

    /// <summary>
    /// <c>plan</c> and <c>--dry-run</c>: there are changes to apply; <c>drift</c>: something was changed outside Terraform.
    /// </summary>
    Changes = 5,

    /// <summary>
    /// <c>deploy</c>, <c>plan</c> and <c>--dry-run</c>: the plan would destroy what holds data and was not named; it was not applied.
    /// </summary>
    DataAtRisk = 6,

    /// <summary>Stopped by Ctrl-C or a signal.</summary>
    Interrupted = 130,
}
