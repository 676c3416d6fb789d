using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of Secrets Manager. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html
/// </summary>
internal sealed class SecretsManagerClient(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("secretsmanager");

    /// <summary>The staging labels of each version of a secret; empty if it has no value.</summary>
    /// <exception cref="AwsApiException">There is no such secret, or another error.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> DescribeSecretAsync(
        string secret, CancellationToken cancellation) =>
        await _api.JsonAsync<Dictionary<string, IReadOnlyList<string>>>(
            "DescribeSecret", new { SecretId = secret }, "VersionIdsToStages", cancellation) ?? [];

    /// <summary>Adds a version with the label <c>AWSCURRENT</c>; the version that had it gets <c>AWSPREVIOUS</c>.</summary>
    public Task PutSecretValueAsync(string secret, string value, CancellationToken cancellation) =>
        _api.JsonAsync<JObject>("PutSecretValue", new
        {
            SecretId = secret,
            SecretString = value,
            // Identifies the version, so that a retry without a response does not create a second one.
            ClientRequestToken = Guid.NewGuid().ToString(),
        }, cancellation: cancellation);

    /// <summary>Moves <c>AWSCURRENT</c> between versions; the one that had it gets <c>AWSPREVIOUS</c>.</summary>
    public Task MoveCurrentAsync(string secret, string from, string to, CancellationToken cancellation) => _api.JsonAsync<JObject>(
        "UpdateSecretVersionStage",
        new { SecretId = secret, VersionStage = "AWSCURRENT", RemoveFromVersionId = from, MoveToVersionId = to },
        cancellation: cancellation);

    /// <summary>When the version with the label <c>AWSCURRENT</c> was created; null if there is none.</summary>
    public async Task<DateTimeOffset?> CurrentSinceAsync(string secret, CancellationToken cancellation) =>
        (await _api.ListAsync<SecretVersion>("ListSecretVersionIds", new { SecretId = secret }, "Versions", "NextToken", cancellation))
            .FirstOrDefault(version => version.VersionStages?.Contains("AWSCURRENT") == true)?.CreatedDate is { } seconds
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    /// <summary>A random value of letters and digits, as Terraform generates the first one.</summary>
    public async Task<string> GetRandomPasswordAsync(int length, CancellationToken cancellation) => (await _api.JsonAsync<string>(
        "GetRandomPassword", new { PasswordLength = length, ExcludePunctuation = true, RequireEachIncludedType = true },
        "RandomPassword", cancellation))!;
}

/// <summary>A version of a secret; the date is in seconds since 1970.</summary>
internal sealed record SecretVersion(string VersionId, IReadOnlyList<string>? VersionStages, double? CreatedDate);
