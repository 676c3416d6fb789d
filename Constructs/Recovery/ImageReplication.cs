using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.EcrReplicationConfiguration;
using HashiCorp.Cdktf.Providers.Aws.EcrRepositoryCreationTemplate;
using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Recovery;

/// <summary>
/// Replicates images that are pushed to the environment's repositories to another Region, so that services can be created there if this
/// Region fails. It is a setting of the account's registry; a configuration rule prevents two environments from sharing it.
/// </summary>
internal sealed class ImageReplication : Construct
{
    // A template applies to a name prefix, not to a single repository; this value applies to repositories without a prefix.
    private const string NoPrefix = "ROOT";

    public ImageReplication(Construct scope, string id, ImageReplicationProps props) : base(scope, id)
    {
        Template[] templates =
        [
            .. props.Repositories.GroupBy(repository => PrefixOf(repository.Name)).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new Template(group.Key, LifecycleOf([.. group]))),
        ];
        ITerraformDependable[] before = [.. templates.Select(template => Add(id, template, props))];
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
                        RepositoryFilter = props.Repositories.Select(
                            repository => new EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter
                        {
                            Filter = repository.Name,
                            FilterType = "PREFIX_MATCH",
                        }).ToArray(),
                    },
                },
            },
            // A template does not change a repository that already exists.
            DependsOn = before,
        }).Named(id);
    }

    // Without tags and without a customer managed key, for which ECR would need a role. ECR encrypts with its own key anyway.
    private EcrRepositoryCreationTemplate Add(string id, Template template, ImageReplicationProps props) =>
        new EcrRepositoryCreationTemplate(this, $"template-{template.Prefix}", new EcrRepositoryCreationTemplateConfig
        {
            Prefix = template.Prefix,
            Description = $"Copies of images of {props.Context.Names.Project} {props.Context.Names.Environment}",
            AppliedFor = ["REPLICATION"],
            ImageTagMutability = "IMMUTABLE",
            LifecyclePolicy = template.Lifecycle.ToJson(),
            Provider = props.Provider,
        }).Named($"{id}-{AddressPart.Of(template.Prefix.ToLowerInvariant())}");

    private static string PrefixOf(string repository) => repository.LastIndexOf('/') is > 0 and var end ? repository[..end] : NoPrefix;

    // One policy for all repositories of a prefix: the most generous limit of each kind.
    private static RepositoryLifecycle LifecycleOf(IReadOnlyList<ReplicatedRepository> repositories) => new(
        repositories.Max(repository => repository.Config.UntaggedDays),
        repositories.Max(repository => repository.Config.KeepImages),
        repositories.Max(repository => repository.Config.KeepReleases),
        [.. repositories.SelectMany(repository => repository.ReleaseTagPrefixes).Distinct()]);

    private sealed record Template(string Prefix, RepositoryLifecycle Lifecycle);
}

/// <param name="Context">The deployment.</param>
/// <param name="Region">Region that images are copied to.</param>
/// <param name="Repositories">The repositories, at most 100.</param>
internal sealed record ImageReplicationProps(DeploymentContext Context, string Region, IReadOnlyList<ReplicatedRepository> Repositories)
{
    /// <summary>Provider of that Region, where ECR creates the repositories.</summary>
    public TerraformProvider? Provider { get; init; }
}

/// <summary>A repository whose images are replicated.</summary>
/// <param name="Name">Its name, also of the replica.</param>
/// <param name="Config">Retention of images.</param>
/// <param name="ReleaseTagPrefixes">Prefixes of the tags of released images.</param>
internal sealed record ReplicatedRepository(string Name, RepositoryConfig Config, IReadOnlyList<string> ReleaseTagPrefixes);
