using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>All rules that the schema cannot express: values that must match each other or AWS's limits.</summary>
internal static class AllRules
{
    private static readonly IReadOnlyList<Func<EnvironmentConfig, IEnumerable<RuleViolation>>> Rules =
    [
        Agents.Check,
        AwsNames.Check,
        Backups.Check,
        BucketLifecycles.Check,
        Calls.Check,
        ContainerFiles.Check,
        CorsOrigins.Check,
        DatabaseStorage.Check,
        DatabaseUsers.Check,
        Egress.Check,
        FargateSizes.Check,
        Firewall.Check,
        GitHubIds.Check,
        Hosts.Check,
        Hsts.Check,
        IngressBlocks.Check,
        InstanceClasses.Check,
        LayerSharing.Check,
        LayerSources.Check,
        Migrations.Check,
        Models.Check,
        NamingPatterns.Check,
        PipelineAlone.Check,
        PipelineConnection.Check,
        PlainHttp.Check,
        Protection.Check,
        References.Check,
        Regions.Check,
        ReservedNames.Check,
        Rollouts.Check,
        Routes.Check,
        Scaling.Check,
        Schedules.Check,
        SecretsInPlainText.Check,
        ServiceSchedules.Check,
        Sidecars.Check,
        SignIn.Check,
        SmokeTests.Check,
        Subnets.Check,
        TableKeys.Check,
        TagLimits.Check,
        Uses.Check,
        Values.Check,
        Variables.Check,
        WithoutVpc.Check,
    ];

    private static readonly IReadOnlyList<Func<EnvironmentConfig, IEnumerable<RuleViolation>>> Warnings =
    [
        AccountChecks.Warn,
        Calls.Warn,
        ContainerFiles.Warn,
        Egress.Warn,
        Migrations.Warn,
        PlainHttp.Warn,
        Rollouts.Warn,
        Schedules.Warn,
        Sidecars.Warn,
    ];

    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config) => Rules.SelectMany(rule => rule(config));

    /// <summary>Warnings: allowed, but worth a message to the user who deploys it.</summary>
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config) => Warnings.SelectMany(rule => rule(config));
}
