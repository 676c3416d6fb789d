using System.Xml.Linq;
using Infra.Operations.Aws;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Emulator;

/// <summary>
/// Tasks of the service <c>worker</c> of <see cref="ServiceRoleTests"/>, defined as runtime defines them. The local AWS starts them with
/// their roles and runs nothing: they have stopped by the time they are described.
/// </summary>
/// <param name="administrator">Access with which they are defined and described.</param>
/// <param name="definition">Definition with the service's own image, secrets, parameters and log group.</param>
/// <param name="network">Network in which they run.</param>
internal sealed class WorkerTasks(AwsAccess administrator, JObject definition, JObject network)
{
    public const string Cluster = "acme-roles";

    /// <summary>Family of the job.</summary>
    public const string Job = "acme-roles-worker_clean-up";

    private const string Account = "111111111111";
    private const string Region = "us-east-1";

    /// <summary>Pushes an image of the service and creates its cluster.</summary>
    public static async Task<WorkerTasks> CreateAsync(AwsAccess administrator)
    {
        await administrator.Api("ecs").JsonAsync("CreateCluster", new JObject { ["clusterName"] = Cluster });
        string digest = await TestImage.PutAsync(administrator, "acme/worker", "1", TestImage.Manifest("worker"));
        JObject secret = await administrator.Api("secretsmanager")
            .JsonAsync("DescribeSecret", new JObject { ["SecretId"] = "roles/acme/partner-key" });
        XElement subnets = await administrator.Api("ec2").QueryAsync("DescribeSubnets");
        XElement groups = await administrator.Api("ec2").QueryAsync("DescribeSecurityGroups");
        var container = new JObject
        {
            ["name"] = "worker",
            ["image"] = $"{Account}.dkr.ecr.{Region}.amazonaws.com/acme/worker@{digest}",
            ["secrets"] = new JArray(
                Secret("PARTNER_KEY", (string)secret["ARN"]!),
                Secret("FEATURES", $"arn:aws:ssm:{Region}:{Account}:parameter/roles/acme/features"),
                Secret("PARTNER_TOKEN", $"arn:aws:ssm:{Region}:{Account}:parameter/roles/acme/partner/token")),
            ["logConfiguration"] = new JObject
            {
                ["logDriver"] = "awslogs",
                ["options"] = new JObject
                {
                    ["awslogs-group"] = "/ecs/acme-roles-worker",
                    ["awslogs-region"] = Region,
                    ["awslogs-stream-prefix"] = "worker",
                },
            },
        };
        var definition = new JObject
        {
            ["cpu"] = "256",
            ["memory"] = "512",
            ["networkMode"] = "awsvpc",
            ["requiresCompatibilities"] = new JArray("FARGATE"),
            ["executionRoleArn"] = RoleArn("worker-execution"),
            ["taskRoleArn"] = RoleArn("worker-task"),
            ["containerDefinitions"] = new JArray(container),
        };
        var network = new JObject
        {
            ["subnets"] = new JArray(subnets.Descendants("subnetId").First().Value),
            ["securityGroups"] = new JArray(groups.Descendants("groupId").First().Value),
        };
        return new WorkerTasks(administrator, definition, network);
    }

    /// <summary>Registers a revision.</summary>
    /// <param name="family">Family.</param>
    /// <param name="path">Element of the definition to change, as JSONPath; none changes nothing.</param>
    /// <param name="value">Its new value.</param>
    public async Task DefineAsync(string family, string? path = null, string? value = null)
    {
        var changed = new JObject(definition) { ["family"] = family };
        if (path is not null)
            changed.SelectToken(path, errorWhenNoMatch: true)!.Replace(value);
        await administrator.Api("ecs").JsonAsync("RegisterTaskDefinition", changed);
    }

    /// <summary>Starts a task of the newest revision, with tags, as EventBridge Scheduler does, and returns it.</summary>
    /// <param name="ecs">ECS with the credentials of the caller.</param>
    /// <param name="family">Family.</param>
    /// <param name="cluster">Cluster in which it runs.</param>
    /// <param name="taskRole">Role that replaces the definition's task role; none keeps it.</param>
    public async Task<JObject> RunAsync(AwsApi ecs, string family, string cluster = Cluster, string? taskRole = null)
    {
        JObject started = await ecs.JsonAsync("RunTask", new JObject
        {
            ["cluster"] = ClusterArn(cluster),
            ["taskDefinition"] = $"arn:aws:ecs:{Region}:{Account}:task-definition/{family}",
            ["launchType"] = "FARGATE",
            ["networkConfiguration"] = new JObject { ["awsvpcConfiguration"] = network },
            ["overrides"] = taskRole is null ? new JObject() : new JObject { ["taskRoleArn"] = RoleArn(taskRole) },
            ["tags"] = new JArray(new JObject { ["key"] = "Job", ["value"] = "clean-up" }),
        });
        JObject described = await administrator.Api("ecs").JsonAsync("DescribeTasks", new JObject
        {
            ["cluster"] = cluster,
            ["tasks"] = new JArray(started.SelectToken("tasks[0].taskArn")!),
        });
        return (JObject)described["tasks"]![0]!;
    }

    /// <summary>
    /// Why a task stopped: its stop code and reason, <c>EssentialContainerExited: Essential container in task exited</c>.
    /// </summary>
    public static string EndOf(JObject task) => $"{task["stopCode"]}: {task["stoppedReason"]}";

    /// <summary>ARN of a cluster of the account.</summary>
    public static string ClusterArn(string cluster) => $"arn:aws:ecs:{Region}:{Account}:cluster/{cluster}";

    private static string RoleArn(string role) => $"arn:aws:iam::{Account}:role/acme-roles-{role}";

    private static JObject Secret(string variable, string arn) => new() { ["name"] = variable, ["valueFrom"] = arn };
}
