using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>What applications of a deployment can discover: environment variables of their containers, and discovery parameters.</summary>
/// <param name="Variables">By task definition and container.</param>
/// <param name="Parameters">Below <c>/{env}/{project}/discovery/</c>, by name.</param>
public sealed partial record DiscoveryTable(IReadOnlyList<ContainerVariables> Variables, IReadOnlyList<DiscoveryParameter> Parameters)
{
    /// <param name="stacks">All stacks of a deployment.</param>
    public static DiscoveryTable Of(IReadOnlyList<StackJson> stacks) => new(
    [
        .. from stack in stacks
           from task in stack.Resources
           where task.Type == "aws_ecs_task_definition"
           from container in ContainerDefinitions.Parse(task.Text("container_definitions") ?? "[]").Cast<JObject>()
           select new ContainerVariables(task.Text("family") ?? task.Name, (string)container["name"]!, VariablesOf(container)),
    ],
    [
        .. from stack in stacks
           from parameter in stack.Resources
           where parameter.Type == "aws_ssm_parameter"
           let name = parameter.Text("name")
           where name is not null && Discovery().IsMatch(name)
           orderby name
           select new DiscoveryParameter(name, parameter.Text("insecure_value") ?? parameter.Text("value") ?? "", stack.Name),
    ]);

    private static ContainerVariable[] VariablesOf(JObject container) =>
    [
        .. (container["environment"] ?? new JArray())
            .Select(variable => new ContainerVariable((string)variable["name"]!, (string?)variable["value"] ?? "", IsReference: false))
            .Concat((container["secrets"] ?? new JArray())
                .Select(variable => new ContainerVariable((string)variable["name"]!, (string)variable["valueFrom"]!, IsReference: true)))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal),
    ];

    [GeneratedRegex("^/[^/]+/[^/]+/discovery/")]
    private static partial Regex Discovery();
}

/// <param name="Task">Family of the task definition.</param>
/// <param name="Container">Name of the container in it.</param>
/// <param name="Variables">By name.</param>
public sealed record ContainerVariables(string Task, string Container, IReadOnlyList<ContainerVariable> Variables);

/// <param name="Name">Name of the variable.</param>
/// <param name="Value">Its value, or the ARN that ECS reads it from.</param>
/// <param name="IsReference">Whether ECS reads it from Secrets Manager or Parameter Store.</param>
public sealed record ContainerVariable(string Name, string Value, bool IsReference);

/// <param name="Name">Name in Parameter Store.</param>
/// <param name="Value">Its value, or an expression if it is known only after apply.</param>
/// <param name="Stack">Stack that writes it.</param>
public sealed record DiscoveryParameter(string Name, string Value, string Stack);
