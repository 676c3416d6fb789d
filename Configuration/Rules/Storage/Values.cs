using System.Text;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Storage;

internal static class Values
{
    // A standard-tier parameter. https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
    private const int MostParameterBytes = 4096;

    // Maximum length of a custom header of a response headers policy: 1,783 characters, also of the content security policy.
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-response-headers-policies
    private const int MostHeaderCharacters = 1783;

    [Rule("storage/value-limits", "Values are within the limits of Parameter Store and CloudFront.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, string value) in config.Parameters)
        {
            int bytes = Encoding.UTF8.GetByteCount(value);
            if (bytes is 0 or > MostParameterBytes)
                yield return new RuleViolation(
                    ConfigPath.Join("parameters", name), $"has {bytes} bytes; 1 to {MostParameterBytes} are allowed");
            else if (value.Contains("{{", StringComparison.Ordinal))
                yield return new RuleViolation(ConfigPath.Join("parameters", name), "contains {{, which Parameter Store does not allow");
        }

        foreach ((string name, SiteConfig site) in config.Sites)
            if (site.ContentSecurityPolicy.Length is 0 or > MostHeaderCharacters)
                yield return new RuleViolation(
                    $"{ConfigPath.Join("sites", name)}.contentSecurityPolicy",
                    $"has {site.ContentSecurityPolicy.Length} characters; 1 to {MostHeaderCharacters} are allowed");
    }
}
