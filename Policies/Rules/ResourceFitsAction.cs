using Infra.Policies.Documents;
using Infra.Policies.Reference;

namespace Infra.Policies.Rules;

/// <summary>Every action must apply to one of the statement's resources, and every resource must match one of its actions.</summary>
/// <remarks>
/// An action without resource-level permissions is allowed only by "*", and an ARN of a resource type that the action does not support
/// never matches: both look like a permission but have no effect.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_actions-resources-contextkeys.html
/// </remarks>
internal sealed class ResourceFitsAction : PolicyRule
{
    public override string Requirement =>
        "Every action applies to one of the statement's resources, and every resource matches one of its actions.";

    public override IEnumerable<PolicyFinding> Check(PolicySet policies) =>
        policies.Statements.SelectMany(entry => Check(policies, entry.Policy, entry.Statement));

    private IEnumerable<PolicyFinding> Check(PolicySet policies, StackPolicy policy, StackStatement statement)
    {
        string[] resources = [.. statement.Resources.Concat(statement.NotResources)];
        // In a resource-based policy "*" is that resource; elsewhere it is every resource.
        if (resources.Length == 0 || resources.Contains("*") || resources.Any(IsUnknown)) yield break;
        ArnPattern[] arns = [.. resources.Select(ArnPattern.Parse).OfType<ArnPattern>()];
        foreach (string notArn in resources.Where(resource => ArnPattern.Parse(resource) is null))
            yield return Finding(policy, statement, $"{notArn} is not an ARN", "an ARN or *", "name the resource by its ARN");
        if (arns.Length == 0) yield break;
        if (policy.AttachedTo is { } attached && statement.Allows)
        {
            foreach (string resource in resources.Where(resource => !IsOf(resource, attached)))
                yield return Finding(policy, statement, $"{resource} is not the resource that the policy is attached to", attached,
                    "name the resource itself, or what is in it");
        }

        var actions = statement.Actions.ToDictionary(pattern => pattern, policies.Reference.Match);
        // With NotResource or NotAction, the remaining resources are not listed here.
        if (statement.NotResources.Count == 0)
        {
            foreach ((string pattern, IReadOnlyList<ServiceAction> matched) in actions)
            {
                foreach (PolicyFinding finding in CheckAction(policies, policy, statement, pattern, matched, arns))
                    yield return finding;
            }
        }

        ResourceType[] types =
            [.. actions.Values.SelectMany(matched => matched).SelectMany(action => action.ResourceTypes).DistinctBy(type => type.Form)];
        if (types.Length == 0) yield break;
        foreach (string resource in resources)
        {
            if (ArnPattern.Parse(resource) is { } arn && !types.Any(type => type.Pattern.Intersects(arn)))
                yield return Finding(policy, statement, $"no action of the statement applies to {resource}",
                    Few(types.Select(type => type.Form)), "remove the resource, or correct it");
        }
    }

    private IEnumerable<PolicyFinding> CheckAction(
        PolicySet policies, StackPolicy policy, StackStatement statement, string pattern, IReadOnlyList<ServiceAction> matched,
        ArnPattern[] arns)
    {
        if (matched.Count == 0) yield break;
        if (matched.All(action => action.ResourceTypes.Count == 0))
        {
            yield return Finding(
                policy, statement, $"{pattern} does not support resource-level permissions, so {Few(statement.Resources, 1)} never matches",
                "*", $"{statement.Effect} {pattern} on * in a separate statement");
            yield break;
        }

        bool isService = pattern.EndsWith(":*", StringComparison.Ordinal);
        ServiceAction[] without =
            [.. matched.Where(
                action => action.ResourceTypes.Count > 0 && !action.ResourceTypes.Any(type => arns.Any(type.Pattern.Intersects)))];
        if (without.Length == 0) yield break;
        if (!isService)
        {
            foreach (ServiceAction action in without)
                yield return Finding(
                    policy, statement, $"{action.Name} applies to none of {Few(statement.Resources, 2)}",
                    Few(action.ResourceTypes.Select(type => type.Form)),
                    "name a resource that the action supports, or move the action to another statement");
            yield break;
        }

        if (!statement.Allows) yield break;
        // service:* on some resources means those resources. An ARN that is meant but does not match has the same resource part, with
        // another region or account: a dashboard, whose ARN has no region.
        foreach (IGrouping<string, (ServiceAction Action, ResourceType Type)> missed in without
            .Where(action => !IsAllowedElsewhere(policies, policy, statement, action))
            .SelectMany(action => action.ResourceTypes.Select(type => (Action: action, Type: type)))
            .Where(each => arns.Any(arn => arn.Service == each.Type.Pattern.Service && arn.DiffersInRegionOrAccount(each.Type.Pattern)))
            .GroupBy(each => each.Type.Form))
        {
            yield return Finding(
                policy, statement,
                $"{pattern} includes {Few(missed.Select(each => each.Action.Name), 3)}, and no resource can be a {missed.First().Type.Name}",
                missed.Key, "add the resource's ARN, whose region or account is different");
        }
    }

    private static bool IsAllowedElsewhere(PolicySet policies, StackPolicy policy, StackStatement statement, ServiceAction action) =>
        policies.OfSameRoles(policy).SelectMany(other => other.Statements)
            .Any(other => other != statement && other.Allows && other.IsAbout(action.Name)
            && other.Resources.Any(resource => resource == "*"
                || (ArnPattern.Parse(resource) is { } arn && action.ResourceTypes.Any(type => type.Pattern.Intersects(arn)))));

    private static bool IsUnknown(string resource) => resource.Trim(Wildcard.Unknown).Length == 0;

    private static bool IsOf(string resource, string attached) =>
        IsUnknown(attached)
            || Wildcard.Intersects(resource, attached)
            || Wildcard.Intersects(resource, $"{attached}/*")
            || Wildcard.Intersects(resource, $"{attached}:*");
}
