using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Applications;

internal static class Agents
{
    [Rule("applications/agents", "What an agent is configured to use exists, and its name is unique.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, AgentConfig agent) in config.Agents)
        {
            string path = ConfigPath.Join(Application.Agents, name);
            if (config.Services.ContainsKey(name))
                yield return new RuleViolation(path, "is also the name of a service, and releases use the name: rename one of them",
                    ConfigPath.Join("services", name));
            if (agent.Network == AgentNetworkMode.Vpc && config.Network.Vpc == VpcSource.None)
                yield return new RuleViolation($"{path}.network", "vpc requires a VPC, but network.vpc is none; use public", "network.vpc");
            if (agent.Authorizer == AgentAuthorizer.Cognito && config.Identity is null)
                yield return new RuleViolation(
                    $"{path}.authorizer", "cognito requires the user pool; add the section identity, or use iam", "identity");
            if (agent.Langfuse)
                foreach (RuleViolation problem in Langfuse(config, path, agent))
                    yield return problem;
        }
        // New ARNs every morning, and no versions: callers and rollbacks would not find the agent.
        if (config is { Agents.Count: > 0, Schedule.DestroysRuntime: true })
            yield return new RuleViolation(
                "schedule.mode", "destroy deletes agents every evening, with their ARNs and versions; use scale", Application.Agents);
        if (config.Agents.Values.Any(agent => agent.Langfuse)
            && config.Secrets.TryGetValue(LangfuseNames.SecretKey, out SecretConfig? secret)
            && secret.Generate)
            yield return new RuleViolation(
                ConfigPath.Join("secrets", LangfuseNames.SecretKey), "is issued by Langfuse and cannot be generated; leave generate out");
    }

    private static IEnumerable<RuleViolation> Langfuse(EnvironmentConfig config, string path, AgentConfig agent)
    {
        foreach (string parameter in new[] { LangfuseNames.Host, LangfuseNames.PublicKey })
            if (!config.Parameters.ContainsKey(parameter))
                yield return new RuleViolation($"{path}.langfuse", $"needs the parameter {parameter}; add it to parameters", "parameters");
        if (!config.Secrets.ContainsKey(LangfuseNames.SecretKey))
            yield return new RuleViolation($"{path}.langfuse", $"needs the secret {LangfuseNames.SecretKey}; add it to secrets", "secrets");
        foreach (string variable
            in agent.Environment.Keys.Concat(agent.Parameters.Keys).Concat(agent.Secrets.Keys).Intersect(LangfuseNames.Variables))
            yield return new RuleViolation($"{path}.langfuse", $"sets {variable}automatically; leave that variable out");
    }
}
