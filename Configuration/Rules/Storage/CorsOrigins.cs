using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Storage;

internal static class CorsOrigins
{
    [Rule("storage/cors-origins", "CORS origins have only scheme and host, as the browser's Origin header.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, BucketConfig bucket) in config.Buckets)
            for (int i = 0; i < bucket.CorsOrigins.Count; i++)
                if (WhatIsWrong(bucket.CorsOrigins[i]) is { } problem)
                    yield return new RuleViolation(ConfigPath.Item($"{ConfigPath.Join("buckets", name)}.corsOrigins", i), problem);
    }

    private static string? WhatIsWrong(string origin)
    {
        if (origin == "*")
            return "\"*\" allows the pages of every site to use presigned URLs; list the origins";
        // A wildcard for one label is allowed, but is not a valid URL.
        if (!Uri.TryCreate(origin.Replace("//*.", "//any.", StringComparison.Ordinal), UriKind.Absolute, out Uri? url)
            || url.Scheme is not ("https" or "http")
            || url.Host.Length == 0)
            return $"{Scalars.Show(origin)} is not an origin such as https://app.example.com";
        string plain = origin[..(origin.IndexOf("//", StringComparison.Ordinal) + 2)]
            + origin[(origin.IndexOf("//", StringComparison.Ordinal) + 2)..].Split('/', '?', '#')[0];
        if (plain != origin)
            return $"{Scalars.Show(origin)} has a path; browsers send {plain}";
        if (url.Scheme == "http" && !url.IsLoopback)
            return $"{Scalars.Show(origin)} is not encrypted; only localhost may use http";
        return null;
    }
}
