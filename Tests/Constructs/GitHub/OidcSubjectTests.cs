using Infra.Configuration.Model;
using Infra.Constructs.GitHub;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.GitHub;

internal sealed class OidcSubjectTests
{
    private static readonly GitHubConfig GitHub = new() { Repository = "acme/tap" };

    [Test, Property("Row", "T7"), Property("Row", "H1")]
    public void Subjects_AreWhatGitHubWrites()
    {
        Assert.Multiple(() =>
        {
            Assert.That(OidcSubject.OfBranch(GitHub), Is.EqualTo("repo:acme/tap:ref:refs/heads/main"));
            Assert.That(OidcSubject.OfPullRequest(GitHub), Is.EqualTo("repo:acme/tap:pull_request"));
            Assert.That(OidcSubject.OfEnvironment(GitHub, "poc"), Is.EqualTo("repo:acme/tap:environment:poc"));
        });
    }

    [Test, Property("Row", "H1")]
    public void Subjects_OfNewRepositories_CarryTheirIds()
    {
        GitHubConfig github = GitHub with { OwnerId = "12", RepositoryId = "34", Branch = "release/2" };

        Assert.Multiple(() =>
        {
            Assert.That(OidcSubject.OfBranch(github), Is.EqualTo("repo:acme@12/tap@34:ref:refs/heads/release/2"));
            Assert.That(OidcSubject.OfPullRequest(github), Is.EqualTo("repo:acme@12/tap@34:pull_request"));
        });
    }

    [Test, Property("Row", "H1"), Property("Row", "S10")]
    public void Trust_MatchesSubjectAndAudienceExactly()
    {
        var expected = JObject.Parse("""
            {
              "Sid": "GitHubActions", "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
              "Principal": { "Federated": "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" },
              "Condition": {
                "StringEquals": {
                  "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                  "token.actions.githubusercontent.com:sub": "repo:acme/tap:pull_request"
                }
              }
            }
            """);

        JToken statement =
            JObject.Parse(OidcSubject.Trust(SynthesizedStack.Context(), OidcSubject.OfPullRequest(GitHub)).ToJson())["Statement"]!.Single();
        Assert.That(statement, Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }
}
