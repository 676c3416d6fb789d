namespace Infra.Operations.Output;

/// <summary>What a run ended with; the same numbers for every verb.</summary>
public enum ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    Ok = 0,

    /// <summary>Terraform, a test or an unexpected error.</summary>
    Failed = 1,

    /// <summary>Command line, environment file, variables or a missing answer: nothing was touched.</summary>
    BadInput = 2,

    /// <summary>The credentials lead to another account or region than the environment names: nothing was touched.</summary>
    WrongAccount = 3,

    /// <summary>A program is missing or too old.</summary>
    ToolMissing = 4,

    /// <summary><c>plan</c> and <c>--dry-run</c>: there are changes to apply; <c>drift</c>: something was changed outside Terraform.</summary>
    Changes = 5,

    /// <summary>Stopped by Ctrl-C or a signal.</summary>
    Interrupted = 130,
}
