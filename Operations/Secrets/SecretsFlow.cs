using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Operations.Aws;
using Infra.Operations.Deployment;
using Infra.Operations.Output;

namespace Infra.Operations.Secrets;

/// <summary>Secrets whose values a person gives: listed, checked, and put into Secrets Manager without ever being shown.</summary>
internal sealed class SecretsFlow(RunContext context, LoadedEnvironment environment, AwsAccess access, bool onEmulator)
{
    private readonly SecretStore _store = new(access);

    private EnvironmentConfig Config => environment.Config;

    private Reporter Reporter => context.Reporter;

    /// <summary>Names of secrets that no one generates.</summary>
    public IReadOnlyList<string> Given => [.. Config.Secrets.Where(secret => !secret.Value.Generate).Select(secret => secret.Key).Order(StringComparer.Ordinal)];

    public static async Task<SecretsFlow> OpenAsync(RunContext context, TargetOptions options)
    {
        Connection connection = await Connection.OpenAsync(context, options);
        return new SecretsFlow(context, connection.Environment, connection.Access, connection.OnEmulator);
    }

    /// <summary>Shows every secret and whether it has a value.</summary>
    /// <param name="mustBeThere">Whether a missing value is a failure.</param>
    public async Task<ExitCode> ShowAsync(bool mustBeThere)
    {
        foreach (string name in Config.Secrets.Keys.Order(StringComparer.Ordinal))
        {
            string state = await _store.HasValueAsync(environment.Names.Secret(name), context.Stopping) switch
            {
                null => "not made yet: ./infra deploy base",
                true => "has a value",
                false => "MISSING its value",
            };
            string kind = Config.Secrets[name].Generate ? "generated" : "given by a person";
            Reporter.Line($"{name}: {state} ({kind}){(Config.Secrets[name].Description is { Length: > 0 } what ? $" - {what}" : "")}");
        }

        if (Config.Secrets.Count == 0)
            Reporter.Line("no secrets");
        if (!mustBeThere)
            return ExitCode.Ok;
        IReadOnlyList<string> missing = await MissingAsync();
        return missing.Count == 0 ? ExitCode.Ok : throw Missing(missing);
    }

    /// <summary>Gives values to the named secrets, or to all that lack one: from the file, else by asking.</summary>
    public async Task<ExitCode> SetAsync(IReadOnlyCollection<string> named)
    {
        foreach (string name in named.Where(name => !Given.Contains(name)))
            throw OperationException.BadInput($"{name} is no secret of {Config.Name} that a person gives a value to", Given.Count > 0 ? $"there are: {string.Join(", ", Given)}" : null);
        IReadOnlyCollection<string> names = named.Count > 0 ? named : await MissingAsync();
        if (names.Count == 0)
            Reporter.Line("every secret has a value; name one to give it another");
        await FillAsync(names);
        return ExitCode.Ok;
    }

    /// <summary>Makes sure that every secret has a value before what reads it starts.</summary>
    /// <returns>One line of what was done.</returns>
    /// <exception cref="OperationException">Values are missing and nobody can be asked.</exception>
    public async Task<string> EnsureAsync()
    {
        IReadOnlyList<string> missing = await MissingAsync();
        await FillAsync(missing);
        return missing.Count == 0 ? $"secrets: all {Given.Count} have a value" : $"secrets: {missing.Count} given a value";
    }

    private async Task<IReadOnlyList<string>> MissingAsync()
    {
        var missing = new List<string>();
        foreach (string name in Given)
        {
            if (await _store.HasValueAsync(environment.Names.Secret(name), context.Stopping) is not true)
                missing.Add(name);
        }

        return missing;
    }

    private async Task FillAsync(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return;
        IReadOnlyDictionary<string, string> file = SecretsFile.Read(context.Checkout, Config.Name, Given, Reporter.Redactor);
        string[] unknown = [.. names.Where(name => !file.ContainsKey(name))];
        // All or none: nothing is written where the rest would be missing anyway.
        if (unknown.Length > 0 && !onEmulator && !Reporter.CanAsk)
            throw Missing(unknown);
        foreach (string name in names)
        {
            bool fromFile = file.TryGetValue(name, out string? value);
            value ??= onEmulator ? $"placeholder-{name}" : await AskAsync(name);
            Reporter.Redactor.Hide(value);
            await _store.PutAsync(environment.Names.Secret(name), value, context.Stopping);
            Reporter.Line($"  {name}: given a value{(fromFile ? " from the file" : onEmulator ? ": on the emulator, a placeholder" : "")}");
        }
    }

    private async Task<string> AskAsync(string name)
    {
        string value = await Reporter.AskSecretAsync($"{name}{(Config.Secrets[name].Description is { Length: > 0 } what ? $" ({what})" : "")}:", context.Stopping);
        return value.Length > 0 ? value : throw OperationException.BadInput($"{name} was left empty; the secrets after it have no value yet");
    }

    private OperationException Missing(IReadOnlyCollection<string> names) => OperationException.BadInput(
        $"{names.Count} {(names.Count == 1 ? "secret has" : "secrets have")} no value: {string.Join(", ", names)}",
        $"./infra secrets set --env {Config.Name}   asks for them\n"
        + $"or write them into {context.Checkout.Show(SecretsFile.PathOf(context.Checkout, Config.Name))} (as environments/secrets.example.json shows; chmod 600)");
}
