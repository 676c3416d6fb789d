using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>Actions of CodeBuild. https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Operations.html</summary>
internal sealed class CodeBuildClient(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("codebuild");

    /// <summary>Starts a build with one environment variable.</summary>
    /// <returns>ID of the build.</returns>
    public async Task<string> StartBuildAsync(string projectName, string name, string value, CancellationToken cancellation) =>
        (await _api.JsonAsync<string>(
            "StartBuild", new { projectName, environmentVariablesOverride = new[] { new { name, value, type = "PLAINTEXT" } } }, "build.id",
            cancellation))!;

    public async Task<CodeBuildBuild> BatchGetBuildsAsync(string id, CancellationToken cancellation) =>
        (await _api.JsonAsync<CodeBuildBuild>("BatchGetBuilds", new { ids = new[] { id } }, "builds[0]", cancellation))!;
}

/// <summary>A build.</summary>
internal sealed record CodeBuildBuild(bool BuildComplete, string? BuildStatus, CodeBuildLogs? Logs);

/// <summary>Where the log of a build is.</summary>
internal sealed record CodeBuildLogs(string? DeepLink);
