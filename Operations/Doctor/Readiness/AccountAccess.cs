using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.Sessions;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Readiness;

/// <summary>Verified access to the environment's account, and what is deployed in it.</summary>
internal sealed class AccountAccess(Connection connection)
{
    public Connection Connection { get; } = connection;

    public EnvironmentConfig Config => Connection.Environment.Config;

    public Names Names => Connection.Environment.Names;

    public AwsAccess Access => Connection.Access;

    public StateBucket State { get; } = new(
        connection.Access,
        connection.Environment.Config.State.BucketOf(connection.Environment.Names),
        connection.Environment.Config.State.LockTableOf(connection.Environment.Names));

    /// <summary>Stacks that the environment deploys after bootstrap.</summary>
    public IReadOnlyList<string> Stacks => Config.Pipeline is null ? [StackNames.Base, StackNames.Runtime] : [StackNames.Pipeline];

    /// <summary>ARNs of all deployed resources of one type.</summary>
    public async Task<IReadOnlyList<string>> ArnsAsync(string type, CancellationToken cancellation)
    {
        if (!await State.ExistsAsync(cancellation))
            return [];
        var arns = new List<string>();
        foreach (string stack in Stacks)
        {
            IReadOnlyDictionary<string, JObject> resources = await State.AttributesAsync(Names.StateKey(stack), type, cancellation);
            arns.AddRange(resources.Values.Select(resource => (string?)resource["arn"]).OfType<string>());
        }

        return arns;
    }
}
