using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Permissions;

/// <summary>
/// The resources of one environment in IAM's terms: by the beginning of their names where an ARN holds a name, by the tags
/// <c>Project</c> and
/// <c>Environment</c>, which the provider sets on everything, where it holds an id that AWS chooses.
/// </summary>
/// <param name="context">The deployment.</param>
internal sealed class OwnResources(DeploymentContext context)
{
    /// <summary>Where AWS keeps CloudFront's certificates and the delivery of its logs.</summary>
    public const string GlobalRegion = "us-east-1";

    private readonly Condition[] _tagged = Tags("aws:ResourceTag", context);
    private readonly Condition[] _tagging = Tags("aws:RequestTag", context);

    public DeploymentContext Context { get; } = context;

    /// <summary>Parameters that are written: all of the environment, or of runtime what it tells applications.</summary>
    public string WrittenParameters { get; private init; } = context.Names.Parameter("*");

    /// <summary>Groups of schedules that are made: all of the environment, or of runtime those of jobs.</summary>
    public IReadOnlyList<string> ScheduleGroups { get; private init; } = context.Names.PatternsOf(NameRule.Schedule);

    /// <summary>
    /// Of runtime only, for builds that come and go with it: neither the release ledger nor the schedules by which they
    /// start.
    /// </summary>
    public static OwnResources OfRuntime(DeploymentContext context) =>
        new(context) { WrittenParameters = context.Names.Discovery("*"), ScheduleGroups = [context.Names.JobGroup] };

    /// <summary>Resources whose ARN ends with one of these, in the environment's region.</summary>
    public Scope Named(string service, params IEnumerable<string> resources) =>
        new("Own", [.. resources.Select(resource => Context.Arn(service, resource))]);

    /// <summary>Resources whose ARN has no region.</summary>
    public Scope NamedGlobally(string service, params IEnumerable<string> resources) =>
        new("Own", [.. resources.Select(resource => Context.GlobalArn(service, resource))]);

    /// <summary>Resources of the service, in this region, that carry the environment's tags.</summary>
    public Scope Tagged(string service, string resource = "*") => new("Tagged", [Context.Arn(service, resource)], _tagged);

    /// <summary>The same for ARNs written out.</summary>
    public Scope TaggedArns(params IReadOnlyList<string> arns) => new("Tagged", arns, _tagged);

    /// <summary>Resources of the service that are made with the environment's tags.</summary>
    public Scope New(string service, string resource = "*") => new("New", [Context.Arn(service, resource)], _tagging);

    /// <summary>For actions that create and that AWS defines for no resource.</summary>
    public Scope NewAnything => new("New", ["*"], _tagging);

    /// <summary>
    /// To change tags where AWS defines the action for no resource: a change sends the changed tags only. The two that make a resource the
    /// environment's are left out, so that nothing can be taken over.
    /// </summary>
    public static Scope OtherTags { get; } = new("OtherTags", ["*"],
        new Condition("Null", "aws:RequestTag/Environment", "true"), new Condition("Null", "aws:RequestTag/Project", "true"));

    /// <summary>
    /// To tag what was just made, where AWS asks for that separately and does not say by a condition key that it was just made. What
    /// carries another environment's tags stays out of reach; what carries none could be taken over.
    /// </summary>
    public Scope Untagged(params IReadOnlyList<string> arns) => new("TagUntagged", arns,
        [.. _tagging, new Condition("Null", "aws:ResourceTag/Project", "true")]);

    /// <summary>
    /// Every resource of the service in this region and account: for reading, and where AWS neither has names in ARNs nor
    /// tags.
    /// </summary>
    public Scope All(string service, string resource = "*") => new("All", [Context.Arn(service, resource)]);

    /// <summary>The same for ARNs written out.</summary>
    public static Scope AllArns(params IReadOnlyList<string> arns) => new("All", arns);

    /// <summary>What names of the kind begin with: the prefix itself, and the prefix with a purpose after it.</summary>
    /// <param name="rule">Kind of name.</param>
    /// <param name="format">Where the name stands in the resource part of the ARN: <c>project/{0}</c>.</param>
    public IEnumerable<string> Names(NameRule rule, string format = "{0}") =>
        Context.Names.PatternsOf(rule).Select(pattern => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, pattern));

    private static Condition[] Tags(string key, DeploymentContext context) =>
    [
        new("StringEquals", $"{key}/Environment", context.Names.Environment),
        new("StringEquals", $"{key}/Project", context.Names.Project),
    ];
}
