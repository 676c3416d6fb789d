using Infra.Configuration.Model;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Verification;

/// <summary>Checks what applications depend on: builds and pushes a sample, writes objects, reads discovery parameters.</summary>
internal sealed class ApplicationChecks(RunContext context, Connection connection)
{
    private const string Sample = "examples/apps/hello";

    private readonly EnvironmentConfig _config = connection.Environment.Config;
    private readonly Names _names = connection.Environment.Names;
    private readonly AwsAccess _access = connection.Access;

    public IReadOnlyList<Check> All() =>
    [
        .. _config.Repositories.Keys.Order(StringComparer.Ordinal).Take(1)
            .Select(app => new Check($"sample into {app}", cancellation => PushAsync(app, cancellation))),
        .. _config.Buckets.Keys.Order(StringComparer.Ordinal)
            .Select(purpose =>
                new Check($"objects of {purpose}", cancellation => ObjectProbe.RunAsync(_access, _names.Bucket(purpose), cancellation))),
        .. Promised.Length == 0 ? [] : new Check[] { new("discovery", DiscoveryAsync) },
    ];

    /// <summary>Discovery parameters that must exist according to the environment file.</summary>
    private string[] Promised =>
    [
        .. _config.Buckets.Keys.Select(purpose => $"buckets/{purpose}"),
        .. _config.Tables.Keys.Select(table => $"tables/{table}"),
        .. _config.Queues.Keys.Select(queue => $"queues/{queue}"),
        .. _config.Repositories.Keys.Select(app => $"repositories/{app}"),
        .. _config.Services.Where(service => service.Value.IsListening).Select(service => $"services/{service.Key}/url"),
    ];

    /// <summary>
    /// Pushed by digest, without a tag: the repository's lifecycle policy deletes it after some days, and it is not counted as a release.
    /// </summary>
    private async Task<string> PushAsync(string app, CancellationToken cancellation)
    {
        string repository = $"{_config.Account}.dkr.ecr.{_config.Region}.amazonaws.com/{_names.Repository(app)}";
        if (ToolOnPath.Find("docker") is not { } docker)
            throw OperationException.Failed("docker is needed to build the sample, and is not on PATH");
        ProcessResult run = await context.Runner.RunAsync(new ProcessRequest(
            docker, "buildx", "build", "--output", $"type=image,name={repository},push-by-digest=true,push=true", Sample)
        {
            WorkingDirectory = context.Checkout.Root,
            OnOutput = context.Log.Write,
            OnError = context.Log.Write,
        });
        cancellation.ThrowIfCancellationRequested();
        return run.ExitCode == 0
            ? $"built from {Sample} and pushed to {repository}"
            : throw OperationException.Failed(
                $"docker did not build and push {Sample}, exit code {run.ExitCode}: {Problem(run.Error)}",
                "docker buildx version and docker info say whether BuildKit is installed and the daemon runs");
    }

    /// <summary>The first line with an error; docker ends an error about its arguments with a hint at its help.</summary>
    internal static string Problem(string error)
    {
        string[] lines = [.. error.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        return lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)
                || line.Contains("unknown", StringComparison.OrdinalIgnoreCase) || line.Contains("is not a", StringComparison.Ordinal))
            ?? lines.LastOrDefault() ?? "no message";
    }

    /// <summary>Checks that all discovery parameters exist.</summary>
    private async Task<string> DiscoveryAsync(CancellationToken cancellation)
    {
        string root = _names.Discovery("");
        HashSet<string> found = (await new SsmClient(_access).GetParametersByPathAsync(root.TrimEnd('/'), cancellation))
            .Select(name => name[root.Length..]).ToHashSet(StringComparer.Ordinal);
        string[] missing = [.. Promised.Where(path => !found.Contains(path))];
        return missing.Length == 0
            ? $"{found.Count} entries below {root}"
            : throw OperationException.Failed($"missing below {root}: {string.Join(", ", missing)}");
    }
}
