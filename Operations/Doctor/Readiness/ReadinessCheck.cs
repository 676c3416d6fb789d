namespace Infra.Operations.Doctor.Readiness;

/// <summary>One entry of the production-readiness checklist.</summary>
/// <param name="id">Name of the entry: <c>database-standby</c>.</param>
/// <param name="requirement">The requirement, as one sentence.</param>
internal abstract class ReadinessCheck(string id, string requirement)
{
    public string Id { get; } = id;

    public string Requirement { get; } = requirement;

    /// <summary>What the check reads, for the checklist: the environment file, AWS, GitHub.</summary>
    public abstract string Source { get; }
}
