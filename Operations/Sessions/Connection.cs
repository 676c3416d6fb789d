using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.Sessions;

/// <summary>One environment and verified access to its account; enough for what needs no Terraform.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Access">Credentials, checked to lead to its account.</param>
/// <param name="OnEmulator">Whether it lives on the local AWS.</param>
internal sealed record Connection(LoadedEnvironment Environment, AwsAccess Access, bool OnEmulator)
{
    /// <summary>Loads the chosen environment, then connects to it.</summary>
    /// <param name="context">What to work with.</param>
    /// <param name="options">Which environment.</param>
    /// <param name="quiet">Whether nothing is said, since the output is for programs.</param>
    public static Task<Connection> OpenAsync(RunContext context, SessionOptions options, bool quiet = false) =>
        OpenAsync(context, options, EnvironmentLoader.Load(context, options.Chosen, warn: !quiet), quiet);

    /// <summary>Connects to an environment, starting the emulator where it lives there, and says who works on what.</summary>
    /// <exception cref="OperationException">The credentials lead elsewhere; nothing was changed.</exception>
    public static async Task<Connection> OpenAsync(RunContext context, SessionOptions options, LoadedEnvironment environment, bool quiet = false)
    {
        bool onEmulator = environment.Config.Emulator || options.Emulator;
        if (onEmulator && options.Profile is not null)
            throw OperationException.BadInput("--profile names an AWS account, but the environment lives on the emulator", "leave one of them out");
        // What Terraform or AWS might repeat in an error message.
        context.Reporter.Redactor.Hide(System.Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY"));
        context.Reporter.Redactor.Hide(System.Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN"));
        AwsAccess access = await AccessAsync(context, options, environment, onEmulator);
        string caller = await AccountGuard.CheckAsync(access, environment.Config.Account, environment.File, context.Stopping);
        if (quiet)
            return new Connection(environment, access, onEmulator);
        context.Reporter.Line($"{environment.Config.Project} {environment.Config.Name}: account {environment.Config.Account}, {access.Region}, "
            + (onEmulator ? $"on the emulator{(EmulatorSession.FromEnvironment() is null ? "" : $" as {caller}")}" : $"as {caller}"));
        return new Connection(environment, access, onEmulator);
    }

    private static async Task<AwsAccess> AccessAsync(RunContext context, SessionOptions options, LoadedEnvironment environment, bool onEmulator)
    {
        if (!onEmulator)
            return AwsAccess.ToAccount(options.Profile, environment.Config.Region);
        (EmulatorState emulator, bool started) = await new EmulatorServer(context.Checkout, context.Runner, context.Reporter).StartAsync();
        if (started)
            context.Reporter.Line($"emulator started: {emulator.Url.OriginalString} (moto {emulator.Version}, process {emulator.ProcessId})");
        EmulatorSession? session = EmulatorSession.FromEnvironment();
        EmulatorProfiles.Write(context.Checkout, environment.Config.Account, environment.Config.Region, emulator.Url, session);
        return AwsAccess.ToEmulator(emulator.Url, environment.Config.Account, environment.Config.Region, session?.Credentials);
    }
}
