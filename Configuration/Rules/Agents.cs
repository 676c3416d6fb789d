using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>An agent has what it is configured to use, and a name of its own.</summary>
internal static class Agents
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, AgentConfig agent) in config.Agents)
        {
            string path = ConfigPath.Join(Application.Agents, name);
            if (config.Services.ContainsKey(name))
                yield return new RuleViolation(path, "is the name of a service, too; both would be released under it: rename one", ConfigPath.Join("services", name));
            if (agent.Network == AgentConfig.Vpc && config.Network.Vpc == "none")
                yield return new RuleViolation($"{path}.network", "vpc needs one, and network.vpc is none; take public", "network.vpc");
            if (agent.Authorizer == AgentConfig.Cognito && config.Identity is null)
                yield return new RuleViolation($"{path}.authorizer", "cognito needs the user pool; add the section identity, or take iam", "identity");
            if (agent.Langfuse)
                foreach (RuleViolation problem in Langfuse(config, path, agent))
                    yield return problem;
        }
        // Another ARN every morning, and no versions: neither callers nor rollbacks would find what they ask for.
        if (config is { Agents.Count: > 0, Schedule.DestroysRuntime: true })
            yield return new RuleViolation("schedule.mode", "destroy takes agents away every evening, with their ARNs and versions; take scale", Application.Agents);
        if (config.Agents.Values.Any(agent => agent.Langfuse) && config.Secrets.TryGetValue(LangfuseNames.SecretKey, out SecretConfig? secret) && secret.Generate)
            yield return new RuleViolation(ConfigPath.Join("secrets", LangfuseNames.SecretKey), "is given by Langfuse and cannot be generated; leave generate out");
    }

    private static IEnumerable<RuleViolation> Langfuse(EnvironmentConfig config, string path, AgentConfig agent)
    {
        foreach (string parameter in new[] { LangfuseNames.Host, LangfuseNames.PublicKey })
            if (!config.Parameters.ContainsKey(parameter))
                yield return new RuleViolation($"{path}.langfuse", $"needs the parameter {parameter}; add it to parameters", "parameters");
        if (!config.Secrets.ContainsKey(LangfuseNames.SecretKey))
            yield return new RuleViolation($"{path}.langfuse", $"needs the secret {LangfuseNames.SecretKey}; add it to secrets", "secrets");
        foreach (string variable in agent.Environment.Keys.Concat(agent.Parameters.Keys).Concat(agent.Secrets.Keys).Intersect(LangfuseNames.Variables))
            yield return new RuleViolation($"{path}.langfuse", $"sets {variable} by itself; leave that variable out");
    }
}
