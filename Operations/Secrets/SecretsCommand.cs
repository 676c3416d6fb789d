using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Secrets;

/// <summary>Lists, checks and sets secret values, without ever showing them.</summary>
internal sealed class SecretsCommand(RunContext context, LoadedEnvironment environment, AwsAccess access, bool onEmulator)
{
    private readonly IReadOnlyList<SecretValue> _all = SecretValue.Of(environment, access);

    private string EnvironmentName => environment.Config.Name;

    private Reporter Reporter => context.Reporter;

    /// <summary>Secrets that are not generated, whose values the operator sets.</summary>
    public IReadOnlyList<SecretValue> Given => [.. _all.Where(secret => !secret.Generated)];

    public static async Task<SecretsCommand> OpenAsync(RunContext context, SessionOptions options)
    {
        Connection connection = await Connection.OpenAsync(context, options);
        return new SecretsCommand(context, connection.Environment, connection.Access, connection.OnEmulator);
    }

    /// <summary>Shows every secret and whether it has a value.</summary>
    /// <param name="mustBeThere">Whether a missing value, or one that is due for rotation, is a failure.</param>
    public async Task<ExitCode> ShowAsync(bool mustBeThere)
    {
        var overdue = new List<string>();
        var result = new JArray();
        foreach (SecretValue secret in _all)
        {
            bool? isThere = await secret.IsThereAsync(context.Stopping);
            string state = isThere switch
            {
                null => "does not exist yet: ./infra deploy --env NAME",
                _ when secret.Generated => "has a value (generated)",
                true => "has a value (set by the operator)",
                false => "MISSING its value (set by the operator)",
            };
            string? due = await secret.OverdueAsync(DateTimeOffset.UtcNow, context.Stopping);
            if (due is not null)
                overdue.Add(due);
            result.Add(new JObject
            {
                ["name"] = secret.Name,
                ["awsName"] = secret.AwsName,
                ["description"] = secret.Description,
                ["generated"] = secret.Generated,
                ["exists"] = isThere is not null,
                ["hasValue"] = isThere == true,
                ["due"] = due is not null,
            });
            Reporter.Line($"{secret.Name}: {state}{(due is null ? "" : ", DUE for rotation")}"
                + $"{(secret.Description.Length > 0 ? $" - {secret.Description}" : "")}");
        }

        if (_all.Count == 0)
            Reporter.Line("no secrets");
        context.Report(result);
        if (!mustBeThere)
            return ExitCode.Ok;
        IReadOnlyList<SecretValue> missing = await MissingAsync();
        if (missing.Count > 0)
            throw Missing(missing);
        return overdue.Count == 0
            ? ExitCode.Ok
            : throw OperationException.BadInput(string.Join("; ", overdue), $"./infra secrets rotate NAME --env {EnvironmentName}");
    }

    /// <summary>Sets values of the named secrets, or of all without one: from the file, otherwise from prompts.</summary>
    public async Task<ExitCode> SetAsync(IReadOnlyCollection<string> named)
    {
        IReadOnlyList<SecretValue> given = Given;
        foreach (string name in named.Where(name => given.All(secret => secret.Name != name)))
            throw OperationException.BadInput(
                $"{name} is not a secret of {EnvironmentName} with a value set by the operator",
                given.Count > 0 ? $"available: {Names(given)}" : null);
        IReadOnlyList<SecretValue> secrets = named.Count > 0
            ? [.. given.Where(secret => named.Contains(secret.Name))]
            : await MissingAsync();
        if (secrets.Count == 0)
            Reporter.Line("every secret has a value; pass a name to change its value");
        await FillAsync(secrets);
        return ExitCode.Ok;
    }

    /// <summary>Ensures that every secret has a value before services that read it start.</summary>
    /// <returns>A summary line.</returns>
    /// <exception cref="OperationException">Values are missing and the user cannot be prompted.</exception>
    public async Task<string> EnsureAsync()
    {
        IReadOnlyList<SecretValue> missing = await MissingAsync();
        await FillAsync(missing);
        return missing.Count == 0
            ? $"secrets: all {Given.Count} have a value"
            : $"secrets: {missing.Count} {(missing.Count == 1 ? "value" : "values")} set";
    }

    private async Task<IReadOnlyList<SecretValue>> MissingAsync()
    {
        var missing = new List<SecretValue>();
        foreach (SecretValue secret in Given)
        {
            if (await secret.IsThereAsync(context.Stopping) is not true)
                missing.Add(secret);
        }

        return missing;
    }

    private async Task FillAsync(IReadOnlyList<SecretValue> secrets)
    {
        if (secrets.Count == 0)
            return;
        IReadOnlyDictionary<string, string> file =
            SecretsFile.Read(context.Checkout, EnvironmentName, [.. Given.Select(secret => secret.Name)], Reporter.Redactor);
        SecretValue[] unknown = [.. secrets.Where(secret => !file.ContainsKey(secret.Name))];
        // All or none: nothing is written if other values would still be missing.
        if (unknown.Length > 0 && !onEmulator && !Reporter.CanAsk)
            throw Missing(unknown);
        foreach (SecretValue secret in secrets)
        {
            bool fromFile = file.TryGetValue(secret.Name, out string? value);
            value ??= onEmulator ? $"placeholder-{secret.Name}" : await AskAsync(secret);
            Reporter.Redactor.Hide(value);
            await secret.PutAsync(value, context.Stopping);
            Reporter.Line(
                $"  {secret.Name}: value set{(fromFile ? " from the file" : onEmulator ? " to a placeholder, on the emulator" : "")}");
        }
    }

    private async Task<string> AskAsync(SecretValue secret)
    {
        string value = await Reporter.AskSecretAsync(
            $"{secret.Name}{(secret.Description.Length > 0 ? $" ({secret.Description})" : "")}:", context.Stopping);
        return value.Length > 0
            ? value
            : throw OperationException.BadInput($"{secret.Name} is empty; the secrets after it have no value yet");
    }

    private OperationException Missing(IReadOnlyList<SecretValue> secrets) => OperationException.BadInput(
        $"{secrets.Count} {(secrets.Count == 1 ? "secret has" : "secrets have")} no value: {Names(secrets)}",
        $"./infra secrets set --env {EnvironmentName}   prompts for them\n"
        + $"or write them to {context.Checkout.Show(SecretsFile.PathOf(context.Checkout, EnvironmentName))} (see "
            + "environments/secrets.example.json; chmod 600)");

    private static string Names(IEnumerable<SecretValue> secrets) => string.Join(", ", secrets.Select(secret => secret.Name));
}
