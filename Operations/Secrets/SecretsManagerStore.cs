using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Secrets;

/// <summary>Secrets in Secrets Manager.</summary>
internal sealed class SecretsManagerStore(AwsAccess access) : IValueStore
{
    private readonly AwsApi _api = access.Api("secretsmanager");

    public async Task<bool?> HasValueAsync(string name, CancellationToken cancellation)
    {
        try
        {
            JObject answer = await _api.JsonAsync("DescribeSecret", new JObject { ["SecretId"] = name }, cancellation);
            return (answer["VersionIdsToStages"] as JObject)?.Properties()
                .Any(version => version.Value.Values<string>().Contains("AWSCURRENT")) ?? false;
        }
        catch (AwsApiException e) when (e.Code == "ResourceNotFoundException")
        {
            return null;
        }
    }

    public Task PutAsync(string name, string value, CancellationToken cancellation) => _api.JsonAsync("PutSecretValue", new JObject
    {
        ["SecretId"] = name,
        ["SecretString"] = value,
        // Identifies the version, so that a retry without a response does not create a second one.
        ["ClientRequestToken"] = Guid.NewGuid().ToString(),
    }, cancellation);
}
