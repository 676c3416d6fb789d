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

    public Task PutSecretValueAsync(string secret, string value, CancellationToken cancellation) =>
        _api.JsonAsync<JObject>("PutSecretValue", new
        {
            SecretId = secret,
            SecretString = value,
            // Identifies the version, so that a retry without a response does not create a second one.
            ClientRequestToken = Guid.NewGuid().ToString(),
        }, cancellation: cancellation);
}
