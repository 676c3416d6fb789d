using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Infra.Naming;

namespace Infra.Configuration.Model;

/// <summary>The repository that the OIDC trust is limited to.</summary>
public sealed record GitHubConfig
{
    [Description("Owner and name of the repository, for example acme/tap.")]
    [RegularExpression("[A-Za-z0-9-]+/[A-Za-z0-9._-]+", ErrorMessage = "owner/name of a GitHub repository")]
    public required string Repository { get; init; }

    [Description("Branch that is deployed.")]
    [RegularExpression("[A-Za-z0-9._/-]+", ErrorMessage = "a branch name without refs/heads/ and wildcards")]
    public string Branch { get; init; } = "main";

    [Description("GitHub environment of deployment jobs; its protection rules apply. Default: the environment's name.")]
    [RegularExpression("[A-Za-z0-9._-]+", ErrorMessage = "a name of letters, digits and ._-")]
    public string? Environment { get; init; }

    [Description(
        "Numeric id of the owner; with repositoryId it selects the token subject that GitHub uses for repositories created or renamed "
            + "since 15 July 2026.")]
    [RegularExpression("[0-9]+", ErrorMessage = "a numeric id")]
    public string? OwnerId { get; init; }

    [Description("Numeric id of the repository; see ownerId.")]
    [RegularExpression("[0-9]+", ErrorMessage = "a numeric id")]
    public string? RepositoryId { get; init; }

    [Description(
        "Further repositories whose workflows deliver applications to this environment: acme/shop-backend, or with ids "
            + "acme@1/shop-backend@2. They may push images, release, upload sites and publish layers.")]
    [RegularExpression("[A-Za-z0-9-]+(@[0-9]+)?/[A-Za-z0-9._-]+(@[0-9]+)?",
        ErrorMessage = "owner/name of a GitHub repository, with or without ids: acme/app, acme@1/app@2")]
    public IReadOnlyList<string> Applications { get; init; } = [];

    [Description(
        "People who may run locally what the delivery workflows run, for a test: base creates a role for them, {prefix}-local-delivery, "
            + "with the same policy as the delivery workflows' role.")]
    public LocalDeliveryConfig? LocalDelivery { get; init; }

    [Description(
        "Whether the role of plans may list the names of all buckets, layers and CloudFormation stacks of the account, for "
            + "./infra inventory.")]
    public bool Inventory { get; init; }

    [Description(
        "GitHub's OIDC provider, of which an account has only one. create: the bootstrap stack creates it. existing: another project "
            + "has created it.")]
    public OidcProviderSource OidcProvider { get; init; } = OidcProviderSource.Create;

    /// <summary>The GitHub environment: the configured one, otherwise the one with the environment's name.</summary>
    public string EnvironmentOf(Names names) => Environment ?? names.Environment;
}

/// <summary>Where GitHub's OIDC provider comes from.</summary>
public enum OidcProviderSource { Create, Existing }
