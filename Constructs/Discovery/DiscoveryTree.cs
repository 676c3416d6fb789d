using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Secrets;
using Infra.Naming;

namespace Infra.Constructs.Discovery;

/// <summary>
/// Parameters below <c>/{env}/{project}/discovery/</c> with the resources that a stack has created, for applications and operators. One
/// request reads all of them: <c>aws ssm get-parameters-by-path --recursive</c>. <c>docs/discovery.md</c> specifies them.
/// </summary>
internal sealed class DiscoveryTree(Construct scope, string id, DeploymentContext context) : Construct(scope, id)
{
    /// <summary>Adds an entry.</summary>
    /// <param name="path">Its path in the tree: <c>buckets/raw-data</c>.</param>
    /// <param name="description">What the value is.</param>
    /// <param name="value">The value; never a secret.</param>
    public void Add(string path, string description, string value) =>
        new Parameter(this, $"{Names.DiscoveryRoot}-{AddressPart.Of(path)}",
            new ParameterProps(context, $"{Names.DiscoveryRoot}/{path}", value) { Description = description });
}
