using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>What the form of a file alone cannot say: rules about values that must fit each other or AWS.</summary>
internal static class AllRules
{
    private static readonly IReadOnlyList<Func<EnvironmentConfig, IEnumerable<Problem>>> Rules =
    [
        AwsNames.Check,
        BucketLifecycles.Check,
        CorsOrigins.Check,
        DatabaseStorage.Check,
        DatabaseUsers.Check,
        Egress.Check,
        FargateSizes.Check,
        GitHubIds.Check,
        Hosts.Check,
        IngressBlocks.Check,
        InstanceClasses.Check,
        NamingPatterns.Check,
        Protection.Check,
        References.Check,
        Regions.Check,
        ReservedNames.Check,
        Routes.Check,
        Scaling.Check,
        SecretsInPlainText.Check,
        SignIn.Check,
        Subnets.Check,
        TableKeys.Check,
        TagLimits.Check,
        Uses.Check,
        Values.Check,
        Variables.Check,
    ];

    public static IEnumerable<Problem> Check(EnvironmentConfig config) => Rules.SelectMany(rule => rule(config));

    /// <summary>What is allowed, and still worth a word to whoever deploys it.</summary>
    public static IEnumerable<Problem> Warn(EnvironmentConfig config) => PlainHttp.Check(config);
}
