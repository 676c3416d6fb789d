using Infra.Configuration.Findings;
using Infra.Constructs.Extensions;
using Infra.Constructs.Foundation;
using Infra.Constructs.Permissions;
using Infra.Insight;
using Infra.Naming;
using Newtonsoft.Json.Linq;

namespace Infra.Stacks;

/// <summary>
/// Finds what would pass every other check and be denied on AWS: resource types without known permissions for the roles that deploy, and
/// permissions of an application's role that the permissions boundary does not allow.
/// </summary>
internal static class PermissionFindings
{
    private const string Catalogue = "Constructs/Permissions";

    private static readonly Rule Known = new(
        "permissions/resource-types", Severity.Error, "The roles that plan and apply have permissions for every type of resource.");

    private static readonly Rule Bounded = new(
        "permissions/boundary", Severity.Error, "The permissions boundary allows every action that a role is allowed.");

    // The other stacks are applied by an administrator, or with their own permissions.
    private static readonly string[] DeployedByRoles = [BaseStack.Id, RuntimeStack.Id];

    /// <summary>Rules of the findings.</summary>
    public static IReadOnlyList<Rule> Rules { get; } = [Known, Bounded];

    /// <param name="file">Environment file.</param>
    /// <param name="stacks">Its stacks.</param>
    public static IEnumerable<Finding> Of(string file, IReadOnlyList<StackJson> stacks) =>
        Unknown(stacks).Select(message => new Finding(file, 0, 0, "", message) { Rule = Known })
            .Concat(CutOff(stacks).Select(message => new Finding(file, 0, 0, "", message) { Rule = Bounded }));

    private static IEnumerable<string> Unknown(IReadOnlyList<StackJson> stacks)
    {
        StackElement[] elements = [.. stacks.Where(stack => DeployedByRoles.Contains(stack.Name)).SelectMany(stack => stack.Elements)];
        HashSet<string> types = [.. elements.Select(TypeOf)];
        var context = new DeploymentContext(new Names("project", "environment", "111111111111"), "us-east-1", Production: false,
            Disposable: false);
        var used = new ResourcesInUse(types, new HashSet<string>()) { OfExtensions = ExtensionRegistry.Permissions };
        foreach (string type in new ResourcePermissions(context, used).Unknown)
            yield return $"{elements.First(element => TypeOf(element) == type).Address}: the roles that plan and apply have no "
                + $"permissions for {type}; "
                + $"add what Terraform's provider calls for it to {Catalogue}, or to Permissions of the extension that creates it "
                + "(Read, Write, and Use for applications), then ./infra bootstrap";
    }

    private static IEnumerable<string> CutOff(IReadOnlyList<StackJson> stacks)
    {
        JObject[] boundary = [.. stacks.Where(stack => stack.Name == BootstrapStack.Id).SelectMany(stack => Statements(stack,
            "aws_iam_policy", "boundary"))];
        if (boundary.Length == 0)
            yield break;
        string[] left = [.. boundary.SelectMany(statement => Texts(statement["Action"]))];
        foreach (StackJson stack in stacks.Where(stack => stack.Name != BootstrapStack.Id))
            foreach (StackElement policy in stack.Resources.Where(resource => resource.Type == "aws_iam_role_policy"))
                if (Statements(stack, policy.Type, policy.Name).Where(Allows).SelectMany(statement =>
                    Texts(statement["Action"])).Where(action => !left.Any(pattern => Covers(pattern, action)))
                    .Distinct().ToArray() is { Length: > 0 } cut)
                    yield return $"{policy.Address}: the permissions boundary takes away {string.Join(", ", cut)}; "
                        + $"add the actions as Use of the type of resource they are for to {Catalogue}, or to Permissions of the "
                        + "extension that creates it, then ./infra bootstrap";
    }

    private static IEnumerable<JObject> Statements(StackJson stack, string type, string name) =>
        stack.Resources.Where(resource => resource.Type == type && resource.Name == name && resource.Text("policy") is { } text
            && text.StartsWith('{'))
            .SelectMany(resource => JObject.Parse(resource.Text("policy")!)["Statement"]!.OfType<JObject>());

    private static bool Allows(JObject statement) => (string?)statement["Effect"] == "Allow";

    // Whether the pattern covers every action that the action can match: kms:Decrypt in kms:*, s3:Get* in s3:*.
    private static bool Covers(string pattern, string action) => pattern.EndsWith('*')
        ? action.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : action.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private static string TypeOf(StackElement element) => element.IsData ? $"data.{element.Type}" : element.Type;

    private static IEnumerable<string> Texts(JToken? oneOrMany) =>
        oneOrMany is JArray many ? many.Values<string>().OfType<string>() : oneOrMany is null ? [] : [(string)oneOrMany!];
}
