using Infra.Configuration;
using Infra.Operations.Aws;

namespace Infra.Operations.Secrets;

/// <summary>A value that no file of the repository may hold: of the section <c>secrets</c> or <c>secureParameters</c>.</summary>
/// <param name="Name">Name in the environment file.</param>
/// <param name="AwsName">Its name in AWS.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Generated">Whether AWS makes it; otherwise a person gives it.</param>
/// <param name="Store">Where it is kept.</param>
internal sealed record SecretValue(string Name, string AwsName, string Description, bool Generated, IValueStore Store)
{
    /// <summary>All of an environment, by name: a rule keeps the two sections' names apart.</summary>
    public static IReadOnlyList<SecretValue> Of(LoadedEnvironment environment, AwsAccess access)
    {
        var secrets = new SecretsManagerStore(access);
        var parameters = new ParameterStore(access);
        return
        [
            .. environment.Config.Secrets.Select(secret => new SecretValue(secret.Key, environment.Names.Secret(secret.Key), secret.Value.Description, secret.Value.Generate, secrets))
                .Concat(environment.Config.SecureParameters.Select(parameter =>
                    new SecretValue(parameter.Key, environment.Names.Parameter(parameter.Key), parameter.Value.Description, parameter.Value.Generate, parameters)))
                .OrderBy(value => value.Name, StringComparer.Ordinal),
        ];
    }

    public Task<bool?> IsThereAsync(CancellationToken cancellation) => Store.HasValueAsync(AwsName, cancellation);

    public Task PutAsync(string value, CancellationToken cancellation) => Store.PutAsync(AwsName, value, cancellation);
}
