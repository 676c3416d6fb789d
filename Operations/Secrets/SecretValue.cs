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
    /// <summary>All secrets of an environment, by name, which a validation rule makes unique across both sections.</summary>
    public static IReadOnlyList<SecretValue> Of(LoadedEnvironment environment, AwsAccess access)
    {
        var secrets = new SecretsManagerStore(access);
        var parameters = new ParameterStore(access);
        return
        [
            .. environment.Config.Secrets.Select(secret =>
                new SecretValue(secret.Key, environment.Names.Secret(secret.Key), secret.Value.Description, secret.Value.Generate, secrets))
                .Concat(environment.Config.SecureParameters.Select(parameter =>
                    new SecretValue(parameter.Key, environment.Names.Parameter(parameter.Key), parameter.Value.Description,
                        parameter.Value.Generate, parameters)))
                .OrderBy(value => value.Name, StringComparer.Ordinal),
        ];
    }

    public Task<bool?> IsThereAsync(CancellationToken cancellation) => Store.HasValueAsync(AwsName, cancellation);

    public Task PutAsync(string value, CancellationToken cancellation) => Store.PutAsync(AwsName, value, cancellation);
}
