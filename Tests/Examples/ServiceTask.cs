using Infra.Tests.Emulator;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Examples;

/// <summary>
/// What ECS gives to a task of a service on the local AWS: the variables of its task definition, and credentials of its task role from a
/// container credentials endpoint.
/// </summary>
internal sealed class ServiceTask : IDisposable
{
    private readonly ContainerCredentials _credentials;

    public ServiceTask(AppliedEnvironment environment, string service, params (string Name, string Value)[] others)
    {
        Dictionary<string, string> variables = VariablesOf(environment, service);
        foreach ((string name, string value) in others)
            variables[name] = value;
        Session = SessionOf(environment, service);
        _credentials = new ContainerCredentials(Session);
        variables["AWS_ENDPOINT_URL"] = environment.Sandbox.Emulator.ToString();
        variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = _credentials.Url.ToString();
        Variables = [.. variables.Select(variable => (variable.Key, variable.Value))];
    }

    public IReadOnlyList<(string Name, string Value)> Variables { get; }

    /// <summary>Session of the task role.</summary>
    public RoleSession Session { get; }

    /// <summary>Plain-text variables of a service's task definition.</summary>
    public static Dictionary<string, string> VariablesOf(AppliedEnvironment environment, string service) =>
        ContainerText.ParseAll(environment.Runtime.Resource("aws_ecs_task_definition", service)["container_definitions"])
            .Single(container => (string?)container["name"] == service)["environment"]!
            .ToDictionary(variable => (string)variable["name"]!, variable => (string)variable["value"]!);

    /// <summary>Session of a service's task role, as ECS assumes it.</summary>
    public static RoleSession SessionOf(AppliedEnvironment environment, string service)
    {
        JObject definition = environment.Runtime.Resource("aws_ecs_task_definition", service);
        // ECS sends the account's tasks as source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
        string tasks = $"arn:aws:ecs:{environment.Config.Region}:{environment.Config.Account}:*";
        return RoleSession.OfService(environment.Sandbox.Emulator, "ecs-tasks.amazonaws.com", (string)definition["task_role_arn"]!, tasks);
    }

    public void Dispose() => _credentials.Dispose();
}
