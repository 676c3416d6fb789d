using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Agents;
using Infra.Constructs.Containers;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Secrets;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>Part of the base stack: image repositories, and the roles, logs and ledger entries of services and agents.</summary>
internal sealed class BaseServices
{
    private readonly BaseScope _scope;
    private readonly GrantableArns _grants;

    public BaseServices(BaseScope scope, BaseData data, BaseIdentity identity)
    {
        _scope = scope;
        _grants = new GrantableArns(
            data.Buckets.ToDictionary(bucket => bucket.Key, bucket => bucket.Value.Arn),
            data.Tables.ToDictionary(table => table.Key, table => table.Value.Arn),
            data.Queues.ToDictionary(queue => queue.Key, queue => queue.Value.Arn),
            identity.SecretArns);
        EnvironmentConfig config = scope.Config;
        Repositories = ByName.Each(config.Repositories, (name, repository) =>
            new Repository(scope.Stack, $"repository-{AddressPart.Of(name)}", new RepositoryProps(scope.Context, name, repository)
            {
                ReleaseTagPrefixes = ReleaseTagPrefixes(name),
            }));
        Services = ByName.Each(config.Services, (name, service) => Service(name, service, Repositories[service.Repository ?? name]));
        Agents = ByName.Each(config.Agents, (name, agent) => Agent(name, agent, Repositories[agent.Repository ?? name]));
        if (config.Services.Values.Any(service => service.Calls.Count > 0))
            NamespaceArn = new ServiceNamespace(scope.Stack, "services", scope.Context).Arn;
    }

    /// <summary>ECR repositories, by name.</summary>
    public IReadOnlyDictionary<string, Repository> Repositories { get; }

    public IReadOnlyDictionary<string, ServiceBaseResources> Services { get; }

    public IReadOnlyDictionary<string, AgentBaseResources> Agents { get; }

    /// <summary>Service Connect namespace; null where no service calls another.</summary>
    public string? NamespaceArn { get; }

    /// <summary>Prefixes of the tags of released images in a repository.</summary>
    public IReadOnlyList<string> ReleaseTagPrefixes(string repository) =>
    [
        .. Application.Of(_scope.Config).Where(application => application.Repository == repository)
            .Select(application => _scope.Context.Names.ReleaseTagPrefix(application.Name)).Order(StringComparer.Ordinal),
    ];

    private ServiceBaseResources Service(string name, ServiceConfig config, Repository repository)
    {
        LogGroupOutputs logs = new LogGroup(_scope.Stack, $"service-{name}", new LogGroupProps(
            _scope.Context, _scope.Context.Names.ServiceLogGroup(name), _scope.LogRetentionDays)).Outputs;
        string ledger = LedgerEntry(name);
        var roles = new ServiceRoles(_scope.Stack, $"roles-{name}", new ServiceRolesProps
        {
            Context = _scope.Context,
            Service = name,
            Config = config,
            RepositoryArn = repository.Arn,
            LogGroupArn = logs.Arn,
            Grants = _grants,
            Traces = _scope.Config.Observability.Traces is not null,
            RuntimeMonitoring = _scope.Config.Security.Account is { GuardDuty: true, GuardDutyRuntimeMonitoring: true },
        });
        return new ServiceBaseResources(repository.Url, roles.ExecutionRoleArn, roles.TaskRoleArn, logs.Name, ledger)
        {
            JobRoleArn = roles.JobRoleArn,
            MigrationRoleArn = roles.MigrationRoleArn,
        };
    }

    private AgentBaseResources Agent(string name, AgentConfig config, Repository repository)
    {
        string ledger = LedgerEntry(name);
        string role = new AgentRole(_scope.Stack, $"{name}-agent", new AgentRoleProps
        {
            Context = _scope.Context,
            Agent = name,
            Config = config,
            RepositoryArn = repository.Arn,
            Grants = _grants,
        }).Arn;
        return new AgentBaseResources(repository.Url, role, ledger);
    }

    private string LedgerEntry(string application) =>
        new ReleaseLedgerEntry(_scope.Stack, $"release-{application}", new ReleaseLedgerEntryProps(
        _scope.Context, _scope.Context.Names.Release(application), $"Image that {application} runs")).Outputs.Name;
}
