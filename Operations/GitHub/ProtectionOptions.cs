using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.GitHub;

/// <summary>What an operator chooses for the protection rules: the options of <c>github protect</c> and <c>doctor github</c>.</summary>
internal static class ProtectionOptions
{
    public static readonly Option<string?> Repository = new("--repository")
    {
        Description = "Repository, the infrastructure's or an application's. Default: GITHUB_REPOSITORY",
        HelpName = "OWNER/NAME",
    };

    public static readonly Option<string[]> Reviewers = new("--reviewer")
    {
        Description = "GitHub user who approves deployments to production; can be repeated",
        HelpName = "USER",
    };

    public static readonly Option<string[]> Checks = new("--check")
    {
        Description = "Check that a pull request needs, of GitHub Actions or of the GitHub App after @; can be repeated. Default: "
            + $"{string.Join(" and ", RequiredCheck.OfInfrastructure.Select(check => check.Name))}; in an application's repository none",
        HelpName = "NAME[@APP]",
    };

    public static readonly Option<int> Approvals = new("--approvals")
    {
        Description = "Approvals that a pull request needs, 0 to 6",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    public static readonly Option<bool> AllowSelfReview = new("--allow-self-review")
    {
        Description = "Let reviewers approve deployments that they have started",
    };

    public static readonly Option<bool> SkipReviewers = new("--skip-reviewers")
    {
        Description = "No reviewers of production, where the GitHub plan has none: the pull request's approval is the only one",
    };

    /// <exception cref="OperationException">The options contradict each other.</exception>
    public static ProtectionSettings Read(Invocation invocation)
    {
        var settings = new ProtectionSettings
        {
            Reviewers = invocation.Value(Reviewers),
            Checks = invocation.Value(Checks),
            Approvals = invocation.Value(Approvals),
            AllowSelfReview = invocation.Value(AllowSelfReview),
            SkipReviewers = invocation.Value(SkipReviewers),
        };
        settings.Validate();
        return settings;
    }
}
