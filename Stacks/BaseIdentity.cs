using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Databases;
using Infra.Constructs.Foundation;
using Infra.Constructs.Identity;
using Infra.Constructs.Secrets;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>Part of the base stack: the user pool, secrets and parameters.</summary>
internal sealed class BaseIdentity
{
    private readonly BaseScope _scope;

    public BaseIdentity(BaseScope scope, IReadOnlyList<PostgresDatabase> databases)
    {
        _scope = scope;
        Users = scope.Config.Identity is { } identity
            ? new UserPool(scope.Stack, "identity", new UserPoolProps(scope.Context, identity)).Outputs
            : null;
        SecretArns = Secrets(databases);
        foreach ((string name, string value) in scope.Config.Parameters)
            new Parameter(scope.Stack, ParameterId(name), new ParameterProps(scope.Context, name, TerraformText.Literal(value)));
        foreach ((string name, SecureParameterConfig parameter) in scope.Config.SecureParameters)
            new SecureParameter(scope.Stack, ParameterId(name), new SecureParameterProps(scope.Context, name, parameter));
    }

    /// <summary>User pool of the environment; null where it has none.</summary>
    public UserPoolOutputs? Users { get; }

    /// <summary>ARNs of all secrets by name: those of the environment file, and those of databases and of the user pool.</summary>
    public IReadOnlyDictionary<string, string> SecretArns { get; }

    private static string ParameterId(string name) => $"parameter-{AddressPart.Of(name)}";

    private Dictionary<string, string> Secrets(IReadOnlyList<PostgresDatabase> databases)
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, SecretConfig secret) in _scope.Config.Secrets)
            arns[name] = new EnvironmentSecret(
                _scope.Stack, $"secret-{AddressPart.Of(name)}", new EnvironmentSecretProps(_scope.Context, name, secret)).Outputs.Arn;
        foreach (
            (PostgresDatabase database, DatabaseConfig config) in databases.Zip(AllDatabases.Of(_scope.Config).Select(each => each.Config)))
        {
            DatabaseName name = database.Outputs.DatabaseName;
            arns[name.UrlSecret] = new DatabaseUrl(
                _scope.Stack, name.Name is null ? "database-url" : $"url-db-{name.Name}",
                new DatabaseUrlProps(_scope.Context, database, config)).Outputs.Arn;
            arns[name.MasterSecret] = database.Outputs.MasterSecretArn;
        }
        if (Users is not null)
            arns[UserPool.ClientSecretName] = Users.ClientSecretArn;
        return arns;
    }
}
