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
/// Images that arrive in the environment's repositories are copied to another region, so that services can be made there when this
/// one is gone. It is one setting of the account's registry; a rule of the configuration keeps environments from sharing it.
/// </summary>
internal sealed class ImageReplication : Construct
{
    // A template is for what lies below a prefix, and cannot be for one repository; this stands for those below none.
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
                        RepositoryFilter = props.Repositories.Select(repository => new EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter
                        {
                            Filter = repository.Name,
                            FilterType = "PREFIX_MATCH",
                        }).ToArray(),
                    },
                },
            },
            // Of a repository that is there already a template changes nothing.
            DependsOn = before,
        }).Named(id);
    }

    // Without tags and without a key of one's own, for which ECR would need a role. Its own key encrypts all the same.
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

    // One policy for all repositories of a prefix: of each limit the widest.
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
    /// <summary>Provider of that region, where ECR makes the repositories.</summary>
    public TerraformProvider? Provider { get; init; }
}

/// <summary>A repository whose images are copied.</summary>
/// <param name="Name">Its name, and that of the copy.</param>
/// <param name="Config">How long images stay.</param>
/// <param name="ReleaseTagPrefixes">What tags of released images begin with.</param>
internal sealed record ReplicatedRepository(string Name, RepositoryConfig Config, IReadOnlyList<string> ReleaseTagPrefixes);
