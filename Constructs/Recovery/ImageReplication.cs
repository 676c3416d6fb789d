using Constructs;
using HashiCorp.Cdktf.Providers.Aws.EcrReplicationConfiguration;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Recovery;

/// <summary>
/// Images that arrive in the environment's repositories are copied to another region, so that services can be made there when this
/// one is gone. It is one setting of the account's registry; a rule of the configuration keeps environments from sharing it.
/// </summary>
internal sealed class ImageReplication : Construct
{
    public ImageReplication(Construct scope, string id, ImageReplicationProps props) : base(scope, id) =>
        new EcrReplicationConfiguration(this, "replication", new EcrReplicationConfigurationConfig
        {
            ReplicationConfiguration = new EcrReplicationConfigurationReplicationConfiguration
            {
                Rule = new[]
                {
                    new EcrReplicationConfigurationReplicationConfigurationRule
                    {
                        Destination = new[]
                        {
                            new EcrReplicationConfigurationReplicationConfigurationRuleDestination
                            {
                                Region = props.Region,
                                RegistryId = props.Context.Account,
                            },
                        },
                        RepositoryFilter = props.Repositories.Select(name => new EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter
                        {
                            Filter = name,
                            FilterType = "PREFIX_MATCH",
                        }).ToArray(),
                    },
                },
            },
        }).Named(id);
}

/// <param name="Context">The deployment.</param>
/// <param name="Region">Region that images are copied to.</param>
/// <param name="Repositories">Names of the repositories, at most 100.</param>
internal sealed record ImageReplicationProps(DeploymentContext Context, string Region, IReadOnlyList<string> Repositories);
