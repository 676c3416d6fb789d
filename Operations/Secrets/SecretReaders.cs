using Infra.Configuration.Model;

namespace Infra.Operations.Secrets;

/// <summary>What reads a secret value.</summary>
/// <param name="Services">Services whose tasks read it when they start, or that may read it themselves.</param>
/// <param name="Later">What reads it at its next run: jobs, migrations, agents.</param>
internal sealed record SecretReaders(IReadOnlyList<string> Services, IReadOnlyList<string> Later)
{
    /// <summary>Readers of a value.</summary>
    /// <param name="config">Environment.</param>
    /// <param name="name">Name in <c>secrets</c> or <c>secureParameters</c>.</param>
    /// <param name="isParameter">Whether it is in <c>secureParameters</c>.</param>
    public static SecretReaders Of(EnvironmentConfig config, string name, bool isParameter)
    {
        bool Reads(IVariables container) => (isParameter ? container.Parameters : container.Secrets).Values.Contains(name);
        var services = new List<string>();
        var later = new List<string>();
        foreach ((string service, ServiceConfig its) in config.Services.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            if (Reads(its) || its.Sidecars.Values.Any(Reads) || (!isParameter && its.Uses.Secrets.Contains(name)))
                services.Add(service);
            later.AddRange(its.Jobs.Where(job => Reads(its) || Reads(job.Value)).Select(job => job.Key)
                .Order(StringComparer.Ordinal).Select(job => $"job {job} of {service}"));
            if (its.Migration is { } migration && (Reads(its) || Reads(migration)))
                later.Add($"the migration of {service}");
        }

        later.AddRange(config.Agents
            .Where(agent => !isParameter
                && (agent.Value.Uses.Secrets.Contains(name) || agent.Value.Secrets.Values.Contains(name)
                    || (agent.Value.Langfuse && name == LangfuseNames.SecretKey)))
            .Select(agent => $"agent {agent.Key}").Order(StringComparer.Ordinal));
        return new SecretReaders(services, later);
    }
}
