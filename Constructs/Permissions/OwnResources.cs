using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Permissions;

/// <summary>
/// The resources of one environment in IAM policies: by name prefix where an ARN contains the name, otherwise by the tags <c>Project</c>
/// and
/// <c>Environment</c>, which the provider sets on everything.
/// </summary>
/// <param name="context">The deployment.</param>
internal sealed class OwnResources(DeploymentContext context)
{
    /// <summary>Region of CloudFront's certificates and log deliveries.</summary>
    public const string GlobalRegion = "us-east-1";

    private readonly Condition[] _tagged = Tags("aws:ResourceTag", context);
    private readonly Condition[] _tagging = Tags("aws:RequestTag", context);

    public DeploymentContext Context { get; } = context;

    /// <summary>Parameters that may be written: all of the environment, or for runtime only its discovery parameters.</summary>
    public string WrittenParameters { get; private init; } = context.Names.Parameter("*");

    /// <summary>Schedule groups that may be created: all of the environment, or for runtime only those of jobs.</summary>
    public IReadOnlyList<string> ScheduleGroups { get; private init; } = context.Names.PatternsOf(NameRule.Schedule);

    /// <summary>
    /// Only the resources of runtime, for builds that create and destroy it: neither the release ledger nor the schedules that start the
    /// builds.
    /// </summary>
    public static OwnResources OfRuntime(DeploymentContext context) =>
        new(context) { WrittenParameters = context.Names.Discovery("*"), ScheduleGroups = [context.Names.JobGroup] };

    /// <summary>Resources whose ARN ends with one of these values, in the environment's Region.</summary>
    public Scope Named(string service, params IEnumerable<string> resources) =>
        new("Own", [.. resources.Select(resource => Context.Arn(service, resource))]);

    /// <summary>Resources whose ARN has no Region.</summary>
    public Scope NamedGlobally(string service, params IEnumerable<string> resources) =>
        new("Own", [.. resources.Select(resource => Context.GlobalArn(service, resource))]);

    /// <summary>Resources of the service, in this Region, that have the environment's tags.</summary>
    public Scope Tagged(string service, string resource = "*") => new("Tagged", [Context.Arn(service, resource)], _tagged);

    /// <summary>The same for full ARNs.</summary>
    public Scope TaggedArns(params IReadOnlyList<string> arns) => new("Tagged", arns, _tagged);

    /// <summary>Resources of the service that are created with the environment's tags.</summary>
    public Scope New(string service, string resource = "*") => new("New", [Context.Arn(service, resource)], _tagging);

    /// <summary>For creating actions without resource-level permissions.</summary>
    public Scope NewAnything => new("New", ["*"], _tagging);

    /// <summary>
    /// Changes of tags where the action does not support resource-level permissions: a change only sends the changed tags. The two tags
    /// that identify the environment's resources are excluded, so that nothing can be taken over.
    /// </summary>
    public static Scope OtherTags { get; } = new("OtherTags", ["*"],
        new Condition("Null", "aws:RequestTag/Environment", "true"), new Condition("Null", "aws:RequestTag/Project", "true"));

    /// <summary>
    /// Tags a resource that was just created, where AWS requires this separately and has no condition key for it. Resources with another
    /// environment's tags stay out of reach; resources without tags could be taken over.
    /// </summary>
    public Scope Untagged(params IReadOnlyList<string> arns) => new("TagUntagged", arns,
        [.. _tagging, new Condition("Null", "aws:ResourceTag/Project", "true")]);

    /// <summary>
    /// Every resource of the service in this Region and account: for reading, and for services with neither names in ARNs nor tags.
    /// </summary>
    public Scope All(string service, string resource = "*") => new("All", [Context.Arn(service, resource)]);

    /// <summary>The same for full ARNs.</summary>
    public static Scope AllArns(params IReadOnlyList<string> arns) => new("All", arns);

    /// <summary>Patterns for names of this kind: the prefix itself, and the prefix followed by a purpose.</summary>
    /// <param name="rule">Kind of name.</param>
    /// <param name="format">Position of the name in the resource part of the ARN: <c>project/{0}</c>.</param>
    public IEnumerable<string> Names(NameRule rule, string format = "{0}") =>
        Context.Names.PatternsOf(rule).Select(pattern => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, pattern));

    private static Condition[] Tags(string key, DeploymentContext context) =>
    [
        new("StringEquals", $"{key}/Environment", context.Names.Environment),
        new("StringEquals", $"{key}/Project", context.Names.Project),
    ];
}
