using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.Sessions;

/// <summary>One environment and verified access to its account, for operations that do not need Terraform.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Access">Credentials, verified for its account.</param>
/// <param name="OnEmulator">Whether it is on the emulator.</param>
internal sealed record Connection(LoadedEnvironment Environment, AwsAccess Access, bool OnEmulator)
{
    /// <summary>The states of its stacks.</summary>
    public StateBucket State => new(
        Access, Environment.Config.State.BucketOf(Environment.Names), Environment.Config.State.LockTableOf(Environment.Names));

    /// <summary>Loads the chosen environment and connects to it.</summary>
    /// <param name="context">Context of the run.</param>
    /// <param name="options">Selects the environment.</param>
    /// <param name="quiet">Whether to suppress messages, because the output is for programs.</param>
    public static Task<Connection> OpenAsync(RunContext context, SessionOptions options, bool quiet = false) =>
        OpenAsync(context, options, EnvironmentLoader.Load(context, options.Environment, warn: !quiet), quiet);

    /// <summary>Connects to an environment, starts the emulator if it is used, and shows account and caller.</summary>
    /// <exception cref="OperationException">The credentials belong to another account; nothing was changed.</exception>
    public static async Task<Connection> OpenAsync(
        RunContext context, SessionOptions options, LoadedEnvironment environment, bool quiet = false)
    {
        bool onEmulator = environment.Config.Emulator || options.Emulator;
        if (onEmulator && options.Profile is not null)
            throw OperationException.BadInput("--profile is for an AWS account, but the environment uses the emulator",
                "remove --profile, or choose another environment");
        // Terraform or AWS may repeat these in an error message.
        context.Reporter.Redactor.Hide(context.Variables["AWS_SECRET_ACCESS_KEY"]);
        context.Reporter.Redactor.Hide(context.Variables["AWS_SESSION_TOKEN"]);
        AwsAccess access = await AccessAsync(context, options, environment, onEmulator);
        string caller = await AccountGuard.CheckAsync(access, environment.Config.Account, environment.File, context.Stopping);
        if (quiet)
            return new Connection(environment, access, onEmulator);
        context.Reporter.Line(
            $"{environment.Config.Project} {environment.Config.Name}: account {environment.Config.Account}, {access.Region}, "
            + (onEmulator ? $"on the emulator{(EmulatorSession.Of(context.Variables) is null ? "" : $" as {caller}")}" : $"as {caller}"));
        return new Connection(environment, access, onEmulator);
    }

    private static async Task<AwsAccess> AccessAsync(
        RunContext context, SessionOptions options, LoadedEnvironment environment, bool onEmulator)
    {
        if (!onEmulator)
            return AwsAccess.ToAccount(
                options.Profile, environment.Config.Region, context.Variables, serial => MfaCode.Of(context, serial));
        (EmulatorState emulator, bool started) = await new EmulatorServer(context.Checkout, context.Runner, context.Reporter).StartAsync();
        if (started)
            context.Reporter.Line(
                $"emulator started: {emulator.Url.OriginalString} (moto {emulator.Version}, process {emulator.ProcessId})");
        EmulatorSession? session = EmulatorSession.Of(context.Variables);
        EmulatorProfiles.Write(context.Checkout, environment.Config.Account, environment.Config.Region, emulator.Url, session);
        return AwsAccess.ToEmulator(emulator.Url, environment.Config.Account, environment.Config.Region, session?.Credentials);
    }
}
