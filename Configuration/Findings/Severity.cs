namespace Infra.Configuration.Findings;

/// <summary>Severity of a finding.</summary>
public enum Severity
{
    /// <summary>The environment cannot be used.</summary>
    Error,

    /// <summary>Allowed, but worth a message to the user who deploys it.</summary>
    Warning,
}
