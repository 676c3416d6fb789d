using Infra.Configuration;
using Infra.Operations.Aws;

namespace Infra.Operations.Secrets;

/// <summary>A secret value of the section <c>secrets</c> or <c>secureParameters</c>, which must not be in the repository.</summary>
/// <param name="Name">Name in the environment file.</param>
/// <param name="AwsName">Its name in AWS.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Generated">Whether AWS generates it; otherwise the operator sets it.</param>
/// <param name="Store">Store of the value.</param>
internal sealed record SecretValue(string Name, string AwsName, string Description, bool Generated, IValueStore Store)
{
    /// <summary>Whether it is in <c>secureParameters</c>.</summary>
    public bool IsParameter => Store is ParameterStore;

    /// <summary>Number of characters of a generated value.</summary>
    public required int Length { get; init; }

    /// <summary>Days after which it is due for rotation; null for never.</summary>
    public required int? RotationDays { get; init; }

    /// <summary>All secrets of an environment, by name, which a validation rule makes unique across both sections.</summary>
    public static IReadOnlyList<SecretValue> Of(LoadedEnvironment environment, AwsAccess access)
    {
        var secrets = new SecretsManagerStore(access);
        var parameters = new ParameterStore(access);
        return
        [
            .. environment.Config.Secrets.Select(secret =>
                new SecretValue(secret.Key, environment.Names.Secret(secret.Key), secret.Value.Description, secret.Value.Generate, secrets)
                {
                    Length = secret.Value.Length,
                    RotationDays = secret.Value.RotationDays,
                })
                .Concat(environment.Config.SecureParameters.Select(parameter =>
                    new SecretValue(parameter.Key, environment.Names.Parameter(parameter.Key), parameter.Value.Description,
                        parameter.Value.Generate, parameters)
                    {
                        Length = parameter.Value.Length,
                        RotationDays = parameter.Value.RotationDays,
                    }))
                .OrderBy(value => value.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether it has a value; null if it does not exist yet. A generated one has its value from the beginning.</summary>
    public async Task<bool?> IsThereAsync(CancellationToken cancellation) =>
        await Store.HasValueAsync(AwsName, cancellation) is { } has ? has || Generated : null;

    public Task PutAsync(string value, CancellationToken cancellation) => Store.PutAsync(AwsName, value, cancellation);

    /// <summary>Why the value is due for rotation; null if it is not, or has no <see cref="RotationDays"/>.</summary>
    public async Task<string?> OverdueAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (RotationDays is not { } days || await Store.ChangedAsync(AwsName, cancellation) is not { } changed)
            return null;
        int age = (int)(now - changed).TotalDays;
        return age < days ? null : $"{Name} is {age} days old and due for rotation after {days}";
    }
}
