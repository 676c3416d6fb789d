using Infra.Configuration.Model;
using Infra.Naming;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;

namespace Infra.Operations.Verification;

/// <summary>
/// Checks with IAM's policy simulator that the roles of each service may do what the environment file promises: S3 data, image from ECR,
/// logs, parameters of SSM; and that they may not write data that they only read, or read data that they only write.
/// </summary>
internal sealed class PermissionChecks(Connection connection)
{
    private readonly EnvironmentConfig _config = connection.Environment.Config;
    private readonly Names _names = connection.Environment.Names;

    public IReadOnlyList<Check> All() =>
    [
        .. _config.Services.OrderBy(service => service.Key, StringComparer.Ordinal)
            .Select(service => new Check(
                $"permissions of {service.Key}", cancellation => ServiceAsync(service.Key, service.Value, cancellation))),
    ];

    private async Task<string> ServiceAsync(string service, ServiceConfig config, CancellationToken cancellation)
    {
        EcsTaskRoles roles =
            await new EcsClient(connection.Access).TaskRolesAsync(_names.Service(service), cancellation);
        var iam = new IamClient(connection.Access);
        var wrong = new List<string>();
        Expectation[] expectations = [.. Expected(service, config)];
        foreach (Expectation expected in expectations)
        {
            string? role = expected.OfTask ? roles.TaskRoleArn : roles.ExecutionRoleArn;
            if (role is null)
            {
                wrong.Add($"its task definition has no {(expected.OfTask ? "task" : "execution")} role");
                continue;
            }

            IReadOnlyList<string> denied = await iam.DeniedAsync(role, expected.Actions, expected.Resource, cancellation);
            string name = role.Split('/')[^1];
            wrong.AddRange(expected.Allowed
                ? denied.Select(action => $"{name} may not {action} on {expected.Resource}")
                : expected.Actions.Except(denied)
                    .Select(action => $"{name} may {action} on {expected.Resource}, which uses does not list"));
        }

        return wrong.Count == 0
            ? string.Join(", ", expectations.Select(expected => expected.Name).Distinct())
            : throw OperationException.Failed(string.Join("; ", wrong));
    }

    /// <summary>What the roles of a service must be allowed and denied.</summary>
    internal IEnumerable<Expectation> Expected(string service, ServiceConfig config)
    {
        yield return new("ecr", OfTask: false, ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Arn("ecr", $"repository/{_names.Repository(config.Repository ?? service)}"));
        yield return new("ecr", OfTask: false, ["ecr:GetAuthorizationToken"], "*");
        yield return new("logs", OfTask: false, ["logs:CreateLogStream", "logs:PutLogEvents"],
            Arn("logs", $"log-group:{_names.ServiceLogGroup(service)}:log-stream:{service}/{service}/verify"));
        if (config.Parameters.Count > 0)
            yield return new("ssm", OfTask: false, ["ssm:GetParameters"],
                Arn("ssm", $"parameter{_names.Parameter(config.Parameters.Values.First())}"));
        if (config.Uses.Discovery)
            yield return new("ssm", OfTask: true, ["ssm:GetParametersByPath"],
                Arn("ssm", $"parameter{_names.Parameter(Names.DiscoveryRoot)}"));
        foreach (string[] use in config.Uses.Buckets.Select(use => use.Split(':')))
        {
            string bucket = $"arn:aws:s3:::{_names.Bucket(use[0])}", data = $"{bucket}/{Names.ProbePrefix}verify";
            string name = $"s3 {use[0]} ({use[1]})";
            yield return new(name, OfTask: true, ["s3:ListBucket"], bucket);
            yield return new(name, OfTask: true, ["s3:GetObject"], data) { Allowed = use[1] != "write" };
            yield return new(name, OfTask: true, ["s3:PutObject", "s3:DeleteObject"], data) { Allowed = use[1] != "read" };
        }
    }

    private string Arn(string service, string resource) => $"arn:aws:{service}:{_config.Region}:{_config.Account}:{resource}";

    /// <param name="Name">What it is about, for the result.</param>
    /// <param name="OfTask">Whether it is about the task role; otherwise about the execution role.</param>
    /// <param name="Actions">Actions.</param>
    /// <param name="Resource">Resource.</param>
    internal sealed record Expectation(string Name, bool OfTask, IReadOnlyList<string> Actions, string Resource)
    {
        /// <summary>Whether the actions must be allowed; otherwise they must be denied.</summary>
        public bool Allowed { get; init; } = true;
    }
}
