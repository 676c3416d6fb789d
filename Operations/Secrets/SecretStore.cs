using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Secrets;

/// <summary>Secrets Manager, as far as it can be used without reading a value.</summary>
internal sealed class SecretStore(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("secretsmanager");

    /// <summary>Whether a secret has a value; null where the secret itself is not there yet.</summary>
    public async Task<bool?> HasValueAsync(string name, CancellationToken cancellation)
    {
        try
        {
            JObject answer = await _api.JsonAsync("DescribeSecret", new JObject { ["SecretId"] = name }, cancellation);
            return (answer["VersionIdsToStages"] as JObject)?.Properties().Any(version => version.Value.Values<string>().Contains("AWSCURRENT")) ?? false;
        }
        catch (AwsApiException e) when (e.Code == "ResourceNotFoundException")
        {
            return null;
        }
    }

    /// <summary>Gives a secret a new value.</summary>
    public Task PutAsync(string name, string value, CancellationToken cancellation) => _api.JsonAsync("PutSecretValue", new JObject
    {
        ["SecretId"] = name,
        ["SecretString"] = value,
        // Names the version, so that an attempt that got no answer is not a second one.
        ["ClientRequestToken"] = Guid.NewGuid().ToString(),
    }, cancellation);
}
