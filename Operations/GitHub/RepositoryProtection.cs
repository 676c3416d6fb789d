using Infra.Operations.Output;

namespace Infra.Operations.GitHub;

/// <summary>
/// The rules that a repository should have: <c>github protect</c> sets them, <c>doctor github</c> compares them. The environment files
/// say what the repository is: the infrastructure's, or that of an application, whose own workflows have other checks.
/// </summary>
/// <param name="IsApplication">Whether it is the repository of an application.</param>
/// <param name="Deployed">Environments that its workflows deploy or deliver to.</param>
/// <param name="Environments">Its GitHub environments.</param>
/// <param name="Branches">The branches that deploy.</param>
internal sealed record RepositoryProtection(
    bool IsApplication,
    IReadOnlyList<DeployableEnvironment> Deployed,
    IReadOnlyList<EnvironmentProtection> Environments,
    IReadOnlyList<BranchProtection> Branches)
{
    /// <param name="repository">The repository, owner/name.</param>
    /// <param name="environments">Environments that workflows deploy.</param>
    /// <param name="settings">What the operator chooses.</param>
    /// <exception cref="OperationException">No environment file names the repository.</exception>
    public static RepositoryProtection Of(
        string repository, IReadOnlyList<DeployableEnvironment> environments, ProtectionSettings settings)
    {
        DeployableEnvironment[] own = [.. environments.Where(environment => environment.IsOf(repository))];
        bool isApplication = own.Length == 0;
        DeployableEnvironment[] deployed =
            isApplication ? [.. environments.Where(environment => environment.TakesApplication(repository))] : own;
        if (deployed.Length == 0)
            throw OperationException.BadInput(
                $"no environment file names {repository}",
                "choose a github.repository or a github.applications of an environment file; available: "
                    + string.Join(", ", environments.SelectMany(environment => environment.Applications.Prepend(environment.Repository))
                        .Distinct(StringComparer.Ordinal)));
        IReadOnlyList<RequiredCheck> checks = settings.Checks.Count > 0 || isApplication
            ? [.. settings.Checks.Select(RequiredCheck.Parse)]
            : RequiredCheck.OfInfrastructure;
        return new RepositoryProtection(
            isApplication,
            deployed,
            [.. deployed.GroupBy(environment => environment.GitHubEnvironment).Select(group => Environment(group, settings))],
            [
                .. deployed.Select(environment => environment.Branch).Distinct(StringComparer.Ordinal)
                    .Select(branch => new BranchProtection(branch, settings.Approvals, checks)),
            ]);
    }

    /// <summary>What the repository is, as a sentence.</summary>
    public string Describe(string repository) =>
        $"{repository} is {(IsApplication ? "an application's" : "the infrastructure's")} repository";

    private static EnvironmentProtection Environment(IGrouping<string, DeployableEnvironment> group, ProtectionSettings settings)
    {
        bool needsReviewers = group.Any(environment => environment.Production) && !settings.SkipReviewers;
        return new EnvironmentProtection(
            group.Key,
            [.. group.Select(environment => environment.Branch).Distinct(StringComparer.Ordinal)],
            needsReviewers,
            needsReviewers ? settings.Reviewers : [],
            needsReviewers && !settings.AllowSelfReview);
    }
}
