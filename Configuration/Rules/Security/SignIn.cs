using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Security;

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
internal static class SignIn
{
    private const int MostUrls = 100;
    private const int MostCharacters = 1024;

    [Rule("security/sign-in", "URLs and scopes of the user pool's client are those that Cognito accepts.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Identity is not { } identity)
            yield break;

        foreach ((string path, IReadOnlyList<string> urls)
            in new[] { ("identity.callbackUrls", identity.CallbackUrls), ("identity.logoutUrls", identity.LogoutUrls) })
        {
            if (urls.Count > MostUrls)
                yield return new RuleViolation(path, $"has {urls.Count} URLs; Cognito allows {MostUrls}");
            for (int i = 0; i < urls.Count; i++)
                if (WhatIsWrong(urls[i]) is { } problem)
                    yield return new RuleViolation(ConfigPath.Item(path, i), problem);
        }

        if (!identity.Scopes.Contains("openid") && identity.Scopes.Any(s => s is "email" or "phone" or "profile"))
            yield return new RuleViolation("identity.scopes", "email, phone and profile require openid; add openid");
    }

    private static string? WhatIsWrong(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed)
            || parsed.Scheme is not ("https" or "http")
            || parsed.Host.Length == 0
            || url.Any(char.IsWhiteSpace))
            return $"{Scalars.Show(url)} is not a URL such as https://app.example.com/callback";
        if (url.Length > MostCharacters)
            return $"has {url.Length} characters; at most {MostCharacters} are allowed";
        if (url.Contains('#', StringComparison.Ordinal))
            return $"{Scalars.Show(url)} has a fragment, which Cognito does not allow; leave {parsed.Fragment} out";
        // Cognito exempts only the name localhost from TLS, not its addresses.
        if (parsed.Scheme == "http" && parsed.Host != "localhost")
            return $"{Scalars.Show(url)} is not encrypted; only http://localhost may use http";
        return null;
    }
}
