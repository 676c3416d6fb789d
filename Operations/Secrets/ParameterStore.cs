using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;

namespace Infra.Operations.Secrets;

/// <summary>
/// SecureStrings in Parameter Store. Terraform writes a placeholder as their first version when it creates them; later versions are set by
/// the operator.
/// </summary>
internal sealed class ParameterStore(AwsAccess access) : IValueStore
{
    private readonly SsmClient _ssm = new(access);

    public async Task<bool?> HasValueAsync(string name, CancellationToken cancellation) =>
        await _ssm.DescribeParameterAsync(name, cancellation) is { } parameter ? parameter.Version > 1 : null;

    public async Task<DateTimeOffset?> ChangedAsync(string name, CancellationToken cancellation) =>
        (await _ssm.DescribeParameterAsync(name, cancellation))?.LastModifiedDate is { } seconds
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    public async Task RollBackAsync(string name, CancellationToken cancellation)
    {
        // The first version is Terraform's placeholder, or the generated value.
        if (await _ssm.DescribeParameterAsync(name, cancellation) is not { Version: > 1 } parameter)
            throw OperationException.BadInput($"the parameter {name} has no previous value");
        // Versions have no labels that could be moved: the earlier value is written again.
        await PutAsync(name, await _ssm.GetSecureStringAsync(name, parameter.Version - 1, cancellation), cancellation);
    }

    public async Task PutAsync(string name, string value, CancellationToken cancellation)
    {
        SsmParameterMetadata parameter = await _ssm.DescribeParameterAsync(name, cancellation)
            ?? throw OperationException.BadInput($"the parameter {name} does not exist yet", "./infra deploy --env NAME");
        // Without key and description, AWS would use its default key and no description.
        await _ssm.PutParameterAsync(
            new PutParameterRequest(name, value, "SecureString", parameter.KeyId, parameter.Description ?? ""), cancellation);
    }
}
