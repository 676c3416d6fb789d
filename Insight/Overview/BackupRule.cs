using Newtonsoft.Json.Linq;

namespace Infra.Insight.Overview;

/// <summary>A rule of an AWS Backup plan.</summary>
/// <param name="Plan">Name of the plan.</param>
/// <param name="Schedule">When it runs: expression and time zone.</param>
/// <param name="Vault">Name of the vault.</param>
/// <param name="RetentionDays">Days until a backup is deleted; null if never.</param>
/// <param name="Copies">Where backups are copied to, with their retention.</param>
/// <param name="Selection">ARNs and tags of the resources in the plan.</param>
/// <param name="Lock">Retention that the vault's lock enforces; null without a lock.</param>
public sealed record BackupRule(
    string Plan, string Schedule, string Vault, int? RetentionDays, IReadOnlyList<string> Copies, IReadOnlyList<string> Selection,
    string? Lock)
{
    public static IReadOnlyList<BackupRule> Of(IReadOnlyList<StackJson> stacks) =>
    [
        .. from stack in stacks
           from plan in stack.Resources
           where plan.Type == "aws_backup_plan"
           from rule in Blocks(plan.Arguments["rule"])
           let vault = Target(stack, rule["target_vault_name"])
           select new BackupRule(
               plan.Text("name") ?? plan.Name,
               $"{rule["schedule"]}, {(string?)rule["schedule_expression_timezone"] ?? "UTC"}",
               Name(vault, rule["target_vault_name"]),
               (int?)rule.SelectToken("lifecycle.delete_after"),
               [.. Blocks(rule["copy_action"]).Select(copy => Copy(stack, copy))],
               [.. Selected(stack, plan)],
               vault is null ? null : LockOf(stack, vault)),
    ];

    private static string Copy(StackJson stack, JToken copy)
    {
        StackElement? vault = Target(stack, copy["destination_vault_arn"]);
        // A vault in another Region has a provider with its name as alias: aws.us-west-2.
        string region = vault?.Text("provider") is { } provider ? $" in {provider[(provider.IndexOf('.') + 1)..]}" : "";
        return $"{Name(vault, copy["destination_vault_arn"])}{region}, {Days((int?)copy.SelectToken("lifecycle.delete_after"))}";
    }

    /// <summary><c>35 days</c></summary>
    public static string Days(int? days) => days is { } limit ? $"{limit} days" : "kept forever";

    private static IEnumerable<string> Selected(StackJson stack, StackElement plan) =>
        from selection in stack.Resources
        where selection.Type == "aws_backup_selection" && Target(stack, selection.Arguments["plan_id"]) == plan
        from text in (selection.Arguments["resources"] ?? new JArray()).Select(arn => (string)arn!)
            .Concat(Blocks(selection.Arguments["selection_tag"]).Select(tag => $"tag {tag["key"]} = {tag["value"]}"))
        select text;

    private static string? LockOf(StackJson stack, StackElement vault) =>
        stack.Resources.FirstOrDefault(each => each.Type == "aws_backup_vault_lock_configuration"
            && Target(stack, each.Arguments["backup_vault_name"]) == vault) is { } found
            ? $"at least {Days((int?)found.Arguments["min_retention_days"])}"
            : null;

    private static StackElement? Target(StackJson stack, JToken? value) =>
        value is null ? null : stack.ReferencesOf(value).Select(reference => stack.Find(reference.Address)).FirstOrDefault();

    private static string Name(StackElement? vault, JToken? text) => vault?.Text("name") ?? vault?.Name ?? (string?)text ?? "";

    // A block is an object in the synthesized JSON if there is only one.
    private static IEnumerable<JToken> Blocks(JToken? block) => block switch
    {
        null => [],
        JArray many => many,
        _ => [block],
    };
}
