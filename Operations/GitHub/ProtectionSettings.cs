namespace Infra.Operations.GitHub;

/// <summary>What an operator chooses for the protection rules.</summary>
internal sealed record ProtectionSettings
{
    /// <summary>GitHub users who approve production.</summary>
    public IReadOnlyList<string> Reviewers { get; init; } = [];

    /// <summary>Required checks; empty means those of this repository's workflows, and none in an application's repository.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>Approvals that a pull request needs.</summary>
    public int Approvals { get; init; } = 1;

    /// <summary>Whether who starts a deployment may approve it.</summary>
    public bool AllowSelfReview { get; init; }

    /// <summary>Whether production has no reviewers: the approval of the pull request is the only one.</summary>
    public bool SkipReviewers { get; init; }
}
