namespace Infra.Configuration.Model;

/// <summary>State that another container of the task must have before a container starts.</summary>
public enum ContainerCondition
{
    Start,
    Healthy,

    /// <summary>It exited.</summary>
    Complete,

    /// <summary>It exited with 0.</summary>
    Success,
}
