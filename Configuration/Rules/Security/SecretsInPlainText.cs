using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Security;

internal static partial class SecretsInPlainText
{
    [Rule("security/plain-text-secrets", "No plain-text variable or parameter has a value that looks like a credential.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach (Application application in Application.Of(config))
            foreach ((string below, IVariables container) in application.Containers)
                foreach ((string variable, string value) in container.Environment)
                    if (WhatItLooksLike(variable, value) is { } looks)
                        yield return new RuleViolation(
                            ConfigPath.Join($"{application.Path}{below}.environment", variable),
                            $"looks like a secret ({looks}); list it in secrets and name it in "
                                + $"{application.Section}.{application.Name}{below}.secrets");

        foreach ((string name, string value) in config.Parameters)
            if (WhatItLooksLike(name, value) is { } looks)
                yield return new RuleViolation(ConfigPath.Join("parameters", name), $"looks like a secret ({looks}); list it in secrets");
    }

    private static string? WhatItLooksLike(string name, string value)
    {
        if (Credential().IsMatch(value))
            return "its value has the form of a credential";
        // ACCESS_TOKEN_EXPIRE_MINUTES, JWT_SECRET_ARN and similar names describe a secret; booleans and numbers are not secrets.
        bool harmless = value.Length == 0
            || value is "true" or "false"
            || double.TryParse(value, CultureInfo.InvariantCulture, out _)
            || AboutSecret().IsMatch(name);
        return !harmless && SecretName().Match(name) is { Success: true } match
            ? $"its name has {match.Value.Trim('_', '-', '/', '.')}"
            : null;
    }

    [GeneratedRegex(
        @"(?<![A-Za-z])(PASSWORD|PASSWD|PWD|SECRET|TOKEN|API[_-]?KEY|ACCESS[_-]?KEY|PRIVATE[_-]?KEY|CREDENTIALS?)S?(?![A-Za-z])",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(
        @"[_./-](NAME|ARN|ID|URL|URI|PATH|FILE|TTL|AGE|ALGORITHM|ISSUER|AUDIENCE|HEADER|COOKIE|TYPE|LENGTH|PREFIX|EXPIR\w*|(EXPIRE_)?(SECONDS|MINUTES|HOURS|DAYS))$", RegexOptions.IgnoreCase)]
    private static partial Regex AboutSecret();

    // AWS, GitHub, Slack, Google and Stripe keys, private keys, URLs with a password.
    [GeneratedRegex(
        @"\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{20,}|\bxox[abpr]-[A-Za-z0-9-]{10,}|\bAIza[\w-]{35}|\bsk_live_\w{16,}|-----BEGIN [A-Z ]*PRIVATE KEY|^[a-z][a-z0-9+.-]*://[^/@\s:]+:[^/@\s]+@")]
    private static partial Regex Credential();
}
