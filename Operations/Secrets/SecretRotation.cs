using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Secrets;

/// <summary>
/// Gives a secret another value and replaces the tasks that read it; the value that was current is kept, and is current again if a service
/// does not start with the new one. docs/decisions/0020-rotation.md
/// </summary>
internal sealed class SecretRotation(
    RunContext context, SessionOptions options, LoadedEnvironment environment, AwsAccess access, bool onEmulator)
{
    private static readonly TimeSpan StableWithin = TimeSpan.FromMinutes(15);

    private readonly IReadOnlyList<SecretValue> _all = SecretValue.Of(environment, access);

    private Reporter Reporter => context.Reporter;

    private CancellationToken Stopping => context.Stopping;

    public static async Task<SecretRotation> OpenAsync(RunContext context, SessionOptions options)
    {
        Connection connection = await Connection.OpenAsync(context, options);
        return new SecretRotation(context, options, connection.Environment, connection.Access, connection.OnEmulator);
    }

    /// <summary>Writes a new value: a random one for a generated secret, otherwise that of the file or of a prompt.</summary>
    public async Task<ExitCode> RotateAsync(string name)
    {
        SecretValue secret = await FindAsync(name);
        SecretReaders readers = SecretReaders.Of(environment.Config, name, secret.IsParameter);
        if (await IsOnlyShownAsync($"write a new value of {name}", readers))
            return ExitCode.Changes;
        string value = await NewValueAsync(secret);
        Reporter.Redactor.Hide(value);
        await secret.PutAsync(value, Stopping);
        Reporter.Line($"{name}: new value written, the previous one is kept");
        try
        {
            await RestartAsync(readers);
        }
        catch (OperationException e) when (e.ExitCode == ExitCode.Failed)
        {
            await secret.Store.RollBackAsync(secret.AwsName, CancellationToken.None);
            Reporter.Warn($"{name}: the previous value is current again");
            await RestartAsync(readers);
            throw OperationException.Failed(
                $"{e.Message}; {name} has its previous value again, and the services that read it were restarted", e.Remedy);
        }

        Reporter.Good($"{name} is rotated; to use the previous value again: ./infra secrets rollback {name} {options.AsTyped}");
        return ExitCode.Ok;
    }

    /// <summary>Makes the previous value current again.</summary>
    public async Task<ExitCode> RollBackAsync(string name)
    {
        SecretValue secret = await FindAsync(name);
        SecretReaders readers = SecretReaders.Of(environment.Config, name, secret.IsParameter);
        if (await IsOnlyShownAsync($"make the previous value of {name} current again", readers))
            return ExitCode.Changes;
        await secret.Store.RollBackAsync(secret.AwsName, Stopping);
        Reporter.Line($"{name}: the previous value is current again");
        await RestartAsync(readers);
        Reporter.Good($"{name} is rolled back");
        return ExitCode.Ok;
    }

    private async Task<SecretValue> FindAsync(string name)
    {
        SecretValue secret = _all.FirstOrDefault(each => each.Name == name)
            ?? throw OperationException.BadInput(
                $"{environment.Config.Name} has no secret {name}",
                $"available: {string.Join(", ", _all.Select(each => each.Name))}; RDS rotates the passwords of master users itself");
        return await secret.IsThereAsync(Stopping) switch
        {
            null => throw OperationException.BadInput($"{name} does not exist yet", $"./infra deploy {options.AsTyped} base"),
            false => throw OperationException.BadInput($"{name} has no value yet", $"./infra secrets set {name} {options.AsTyped}"),
            true => secret,
        };
    }

    /// <summary>Shows the steps, and asks for confirmation where the environment requires it.</summary>
    /// <returns>Whether nothing is to be changed.</returns>
    private async Task<bool> IsOnlyShownAsync(string doing, SecretReaders readers)
    {
        Reporter.Line($"1. {doing}");
        Reporter.Line(readers.Services.Count > 0
            ? $"2. restart {string.Join(", ", readers.Services)}, which read it when they start"
            : "2. no service reads it");
        foreach (string later in readers.Later)
            Reporter.Line($"   {later} reads it at its next run");
        if (options.DryRun)
            return true;
        var confirmation = new Confirmation(environment.Config, options, Reporter);
        await confirmation.BeforeAsync(doing, Stopping);
        return false;
    }

    private async Task<string> NewValueAsync(SecretValue secret)
    {
        if (secret.Generated)
            return await new SecretsManagerClient(access).GetRandomPasswordAsync(secret.Length, Stopping);
        string[] given = [.. _all.Where(each => !each.Generated).Select(each => each.Name)];
        IReadOnlyDictionary<string, string> file = SecretsFile.Read(context.Checkout, environment.Config.Name, given, Reporter.Redactor);
        if (file.TryGetValue(secret.Name, out string? value))
            return value;
        if (onEmulator)
            return $"placeholder-{secret.Name}-{Guid.NewGuid():n}";
        if (!Reporter.CanAsk)
            throw OperationException.BadInput(
                $"{secret.Name} needs a new value",
                $"write it to {context.Checkout.Show(SecretsFile.PathOf(context.Checkout, environment.Config.Name))}");
        value = await Reporter.AskSecretAsync($"new value of {secret.Name}:", Stopping);
        return value.Length > 0 ? value : throw OperationException.BadInput($"{secret.Name}: the new value is empty; nothing was changed");
    }

    private async Task RestartAsync(SecretReaders readers)
    {
        foreach (string service in readers.Services)
        {
            Reporter.Status($"restarting {service}");
            var rollout = new ServiceRollout(access, environment.Names.Cluster, environment.Names.Service(service), service);
            Reporter.Line(await rollout.RestartAsync(StableWithin, Stopping)
                ? $"  {service}: restarted"
                : $"  {service}: not deployed; it reads the value when it starts");
        }
    }
}
