using Infra.Configuration;
using Infra.Contracts;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Inventory;

/// <summary>
/// Names of the resources that an environment manages, from Terraform's state and, for what Terraform does not manage, its names.
/// </summary>
internal sealed class ManagedNames
{
    private readonly Dictionary<(InventoryKind, string), string> _names = [];

    private ManagedNames()
    {
    }

    /// <summary>The stack that manages a resource, or <c>layers</c>; null for other resources.</summary>
    public string? this[InventoryKind kind, string name] => _names.GetValueOrDefault((kind, name));

    public static async Task<ManagedNames> ReadAsync(LoadedEnvironment environment, AwsAccess access, CancellationToken cancellation)
    {
        var managed = new ManagedNames();
        string bucket = environment.Config.State.BucketOf(environment.Names);
        // Only an administrator may read the state of the bootstrap stack; the bucket that it creates is known by its name.
        managed.Add(InventoryKind.Bucket, bucket, StackNames.Bootstrap);
        foreach (string layer in environment.Config.Layers.Keys)
            managed.Add(InventoryKind.Layer, environment.Names.Layer(layer), "layers");
        var state = new StateBucket(access, bucket, environment.Config.State.LockTableOf(environment.Names));
        if (!await state.ExistsAsync(cancellation))
            return managed;
        foreach (string stack in new[] { StackNames.Base, StackNames.Runtime })
            foreach ((string type, string attribute, InventoryKind kind) in new[]
            {
                ("aws_s3_bucket", "bucket", InventoryKind.Bucket), ("aws_cloudformation_stack", "name", InventoryKind.Stack),
            })
                foreach (JObject attributes
                    in (await state.AttributesAsync(environment.Names.StateKey(stack), type, cancellation)).Values)
                    managed.Add(kind, (string)attributes[attribute]!, stack);
        return managed;
    }

    private void Add(InventoryKind kind, string name, string by) => _names[(kind, name)] = by;
}
