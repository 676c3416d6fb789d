using Infra.Operations.Output;

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

    /// <exception cref="OperationException">They contradict each other.</exception>
    public void Validate()
    {
        if (Approvals is < 0 or > 6)
            throw OperationException.BadInput($"--approvals {Approvals} is not a number from 0 to 6");
        if (SkipReviewers && (Reviewers.Count > 0 || Approvals == 0))
            throw OperationException.BadInput(
                "with --skip-reviewers the pull request's approval is the only one",
                "remove --reviewer, and ask for at least one approval: --approvals 1");
    }

    /// <summary>The command that sets the rules.</summary>
    public string ProtectCommand(string repository) => string.Join(
        ' ',
        [
            "./infra github protect --repository", repository,
            .. SkipReviewers ? ["--skip-reviewers"] : Reviewers.DefaultIfEmpty("USER").Select(reviewer => $"--reviewer {reviewer}"),
            .. Checks.Select(check => $"--check {check}"),
            .. Approvals == 1 ? Array.Empty<string>() : [$"--approvals {Approvals}"],
            .. AllowSelfReview ? ["--allow-self-review"] : Array.Empty<string>(),
        ]);
}
