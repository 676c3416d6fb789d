using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;

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

    public Task<DateTimeOffset?> ChangedAsync(string name, CancellationToken cancellation) =>
        _secrets.CurrentSinceAsync(name, cancellation);

    public async Task RollBackAsync(string name, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> versions = await _secrets.DescribeSecretAsync(name, cancellation);
        if (With(versions, "AWSCURRENT") is not { } current || With(versions, "AWSPREVIOUS") is not { } previous)
            throw OperationException.BadInput($"the secret {name} has no previous value");
        await _secrets.MoveCurrentAsync(name, current, previous, cancellation);
    }

    private static string? With(IReadOnlyDictionary<string, IReadOnlyList<string>> versions, string label) =>
        versions.FirstOrDefault(version => version.Value.Contains(label)).Key;

    public Task PutAsync(string name, string value, CancellationToken cancellation) =>
        _secrets.PutSecretValueAsync(name, value, cancellation);
}
