using Infra.Operations.Output;
using Infra.Operations.Terraform;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Sessions;

/// <summary>
/// Refuses to destroy stacks with protected resources before anything is planned: AWS refuses a protected resource only when its turn has
/// come, when most others are already destroyed.
/// </summary>
internal static class DestroyProtection
{
    private const string LoadBalancer = "aws_lb";

    // Attributes in the state with which AWS, or the provider, refuses to delete the resource.
    private static readonly (string Type, string Attribute, Func<JObject, bool> Refuses)[] Attributes =
    [
        ("aws_cognito_user_pool", "deletion_protection", pool => (string?)pool["deletion_protection"] == "ACTIVE"),
        ("aws_db_instance", "deletion_protection", IsOn("deletion_protection")),
        // Without a name for the final snapshot, the provider refuses.
        ("aws_db_instance", "final_snapshot_identifier",
            database => !IsOn("skip_final_snapshot")(database) && string.IsNullOrEmpty((string?)database["final_snapshot_identifier"])),
        ("aws_dynamodb_table", "deletion_protection_enabled", IsOn("deletion_protection_enabled")),
        ("aws_instance", "disable_api_termination", IsOn("disable_api_termination")),
        (LoadBalancer, "enable_deletion_protection", IsOn("enable_deletion_protection")),
        ("aws_rds_cluster", "deletion_protection", IsOn("deletion_protection")),
    ];

    /// <summary>Throws if one of the stacks has a protected resource.</summary>
    /// <param name="session">Session.</param>
    /// <param name="options">Options of the command line, for the advice.</param>
    /// <param name="stacks">Stacks to destroy.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public static async Task RequireNoneAsync(
        DeploymentSession session, SessionOptions options, IReadOnlyList<string> stacks, CancellationToken cancellation)
    {
        var found = new List<(string Stack, string Address, string Why)>();
        foreach (string name in stacks)
        {
            StackFolder stack = session.Stack(name);
            IReadOnlyList<string> deployed = await session.State.AddressesAsync(stack.StateKey, cancellation);
            var attributes = new Dictionary<string, JObject>(StringComparer.Ordinal);
            foreach (string type in Attributes.Select(protection => protection.Type).Distinct())
                foreach ((string address, JObject values) in await session.State.AttributesAsync(stack.StateKey, type, cancellation))
                    attributes[address] = values;
            found.AddRange(Of(stack.Json, deployed, attributes).Select(each => (name, each.Address, each.Why)));
        }

        if (found.Count > 0)
            throw Refusal(found, session.Environment.Config.Production, options, stacks);
    }

    /// <summary>Protected resources of a stack, each with the setting that protects it.</summary>
    /// <param name="stack">Synthesized stack.</param>
    /// <param name="deployed">Addresses in its state.</param>
    /// <param name="attributes">Attributes in its state, by address.</param>
    internal static IEnumerable<(string Address, string Why)> Of(
        JObject stack, IReadOnlyCollection<string> deployed, IReadOnlyDictionary<string, JObject> attributes) =>
        (from type in (stack["resource"] as JObject ?? []).Properties()
         from resource in ((JObject)type.Value).Properties()
         where (bool?)resource.Value.SelectToken("lifecycle.prevent_destroy") == true
         let address = $"{type.Name}.{resource.Name}"
         where deployed.Contains(address)
         select (address, "prevent_destroy"))
        .Concat(
            from resource in attributes
            from protection in Attributes
            where resource.Key.StartsWith(protection.Type + ".", StringComparison.Ordinal) && protection.Refuses(resource.Value)
            select (resource.Key, protection.Attribute))
        .OrderBy(each => each.Item1, StringComparer.Ordinal);

    internal static OperationException Refusal(
        IReadOnlyList<(string Stack, string Address, string Why)> found, bool production, SessionOptions options,
        IReadOnlyList<string> stacks)
    {
        bool onlyLoadBalancers = found.All(each => each.Address.StartsWith(LoadBalancer + ".", StringComparison.Ordinal));
        string setting = onlyLoadBalancers
            ? "\"security\": { \"loadBalancerDeletionProtection\": false }"
            : $"\"disposable\": true{(production ? " instead of \"production\": true" : "")}";
        return OperationException.BadInput(
            $"{string.Join(" and ", stacks)} {(stacks.Count == 1 ? "has" : "have")} protected resources; nothing was planned or destroyed",
            string.Join('\n',
            [
                .. found.GroupBy(each => (each.Stack, each.Address)).Select(resource =>
                    $"{resource.Key.Stack}: {resource.Key.Address} ({string.Join(", ", resource.Select(each => each.Why))})"),
                $"to destroy them, set {setting} in the environment file, then "
                    + $"./infra deploy {options.AsTyped} {string.Join(' ', stacks.Reverse())}, then destroy",
            ]));
    }

    private static Func<JObject, bool> IsOn(string attribute) => resource => (bool?)resource[attribute] == true;
}
