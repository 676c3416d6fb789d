using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Sessions;

/// <summary>
/// One environment, prepared for operations: tools installed, account verified, stacks synthesized, and locked against other runs in
/// this checkout.
/// </summary>
internal sealed class DeploymentSession : IDisposable
{
    private readonly CheckoutLock _lock;

    private DeploymentSession(
        Connection connection, string outDir, string plans, TerraformCli terraform, CheckoutLock checkoutLock, bool isDisposable)
    {
        Connection = connection;
        IsDisposable = isDisposable;
        OutDir = outDir;
        Plans = plans;
        State = connection.State;
        Terraform = terraform;
        _lock = checkoutLock;
    }

    /// <summary>Variable that, set to 1, keeps the protection of resources on the emulator, to try it.</summary>
    public const string ProtectedVariable = "INFRA_EMULATOR_PROTECTED";

    public Connection Connection { get; }

    public LoadedEnvironment Environment => Connection.Environment;

    /// <summary>The options that chose it, to show in commands.</summary>
    public required string AsTyped { get; init; }

    /// <summary>Whether its data may be lost: as the environment file says, or because it is in the emulator's memory.</summary>
    public bool IsDisposable { get; }

    /// <summary>Credentials, verified for the environment's account.</summary>
    public AwsAccess Access => Connection.Access;

    public bool OnEmulator => Connection.OnEmulator;

    public string OutDir { get; }

    public string Plans { get; }

    public StateBucket State { get; }

    public TerraformCli Terraform { get; }

    /// <summary>Runs all checks that do not need Terraform, fastest first, then synthesizes.</summary>
    public static async Task<DeploymentSession> PrepareAsync(RunContext context, SessionOptions options, string verb)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Environment);
        TerraformBinary binary = await TerraformBinary.FindAsync(context.Runner, context.Variables[TerraformBinary.Variable]);
        Connection connection = await Connection.OpenAsync(context, options, environment);
        (_, AwsAccess access, bool onEmulator) = connection;
        Reporter reporter = context.Reporter;

        string name =
            $"{environment.Config.Project}-{environment.Config.Name}{(options.Emulator && !environment.Config.Emulator ? "-emulator" : "")}";
        CheckoutLock checkoutLock = await CheckoutLock.TakeAsync(context.Checkout, name, verb, reporter, context.Stopping);
        try
        {
            if (onEmulator)
                await ExistingResources.CreateAsync(access.Endpoint!, environment, reporter, context.Stopping);
            string outDir = context.Checkout.DeploymentOutDir(name);
            bool isProtected = context.Variables.IsOn(ProtectedVariable);
            TimeSpan took = Synthesizer.Run(
                context, environment, outDir, onEmulator
                    ? EmulatorProfiles.Of(
                        context.Checkout, environment.Config.Account, EmulatorSession.Of(context.Variables), isProtected)
                    : null);
            reporter.Detail($"synthesized in {Reporter.Duration(took)}");
            // A command that was killed while it planned without states has left a local backend.
            foreach (string stack in StackFolder.Names(outDir))
                StackFolder.Open(outDir, stack).UseOwnBackend();

            Dictionary<string, string?> variables = TerraformVariables(context, access.Endpoint, options.Profile);
            var terraform = new TerraformCli(binary, context.Runner, variables, options.LockTimeout, reporter, context.Log);
            return new DeploymentSession(
                connection, outDir, context.Checkout.Plans(name), terraform, checkoutLock,
                environment.Config.Disposable || (onEmulator && !isProtected))
            {
                AsTyped = options.AsTyped,
            };
        }
        catch
        {
            checkoutLock.Dispose();
            throw;
        }
    }

    public StackFolder Stack(string name) => StackFolder.Open(OutDir, name);

    /// <summary>Whether a stack has a state, and resources in it.</summary>
    public async Task<bool> IsDeployedAsync(string stack, CancellationToken cancellation) =>
        await State.ResourceCountAsync(Stack(stack).StateKey, cancellation) is not 0;

    public void Dispose() => _lock.Dispose();

    private static Dictionary<string, string?> TerraformVariables(RunContext context, Uri? emulator, string? profile)
    {
        ProviderLock provider = ProviderLock.Read(context.Checkout.Root);
        string cliConfiguration = CliConfiguration.Choose(
            context.Checkout.WorkFolder,
            context.Variables[CliConfiguration.Variable],
            TerraformSetup.Mirror(provider, context.Variables),
            provider.Source);
        return TerraformSetup.Variables(
            cliConfiguration, emulator, profile, context.Variables.Names,
            keepCredentials: emulator is not null && EmulatorSession.Of(context.Variables) is not null);
    }
}
