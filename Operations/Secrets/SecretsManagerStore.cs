using Infra.Operations.Aws;
using Infra.Operations.AwsClients;

namespace Infra.Operations.Secrets;

/// <summary>Secrets in Secrets Manager.</summary>
internal sealed class SecretsManagerStore(AwsAccess access) : IValueStore
{
    private readonly SecretsManagerClient _secrets = new(access);

    public async Task<bool?> HasValueAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return (await _secrets.DescribeSecretAsync(name, cancellation)).Values.Any(stages => stages.Contains("AWSCURRENT"));
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    public Task PutAsync(string name, string value, CancellationToken cancellation) =>
        _secrets.PutSecretValueAsync(name, value, cancellation);
}
