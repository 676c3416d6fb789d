using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>What all checks need of a repository. https://docs.github.com/rest/repos/repos#get-a-repository</summary>
/// <param name="Name">Owner and name.</param>
/// <param name="IsPrivate">Whether it is private or internal.</param>
/// <param name="OwnedByUser">Whether the owner is a user, not an organization.</param>
/// <param name="DefaultBranch">Default branch.</param>
/// <param name="Page">Address of its settings.</param>
internal sealed record RepositoryFacts(string Name, bool IsPrivate, bool OwnedByUser, string DefaultBranch, string Page)
{
    public string Owner => Name.Split('/')[0];

    public static RepositoryFacts Of(JObject repository) => new(
        (string)repository["full_name"]!,
        (bool)repository["private"]!,
        (string?)repository.SelectToken("owner.type") == "User",
        (string)repository["default_branch"]!,
        $"{repository["html_url"]}/settings");
}
