using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>
/// One environment, checked and ready to work on: tools there, account verified, stacks synthesized, nobody else at work on it in
/// this checkout.
/// </summary>
internal sealed class Target : IDisposable
{
    private readonly CheckoutLock _lock;

    private Target(LoadedEnvironment environment, bool onEmulator, string outDir, string plans, StateBucket state, TerraformCli terraform,
        CheckoutLock checkoutLock)
    {
        Environment = environment;
        OnEmulator = onEmulator;
        OutDir = outDir;
        Plans = plans;
        State = state;
        Terraform = terraform;
        _lock = checkoutLock;
    }

    public LoadedEnvironment Environment { get; }

    public bool OnEmulator { get; }

    public string OutDir { get; }

    public string Plans { get; }

    public StateBucket State { get; }

    public TerraformCli Terraform { get; }

    /// <summary>Checks everything that can be checked before Terraform runs, cheapest first, then synthesizes.</summary>
    public static async Task<Target> PrepareAsync(RunContext context, TargetOptions options, string verb)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Chosen);
        bool onEmulator = environment.Config.Emulator || options.Emulator;
        if (onEmulator && options.Profile is not null)
            throw OperationException.BadInput("--profile names an AWS account, but the environment lives on the emulator", "leave one of them out");
        Reporter reporter = context.Reporter;
        HideSecrets(reporter.Redactor);

        TerraformBinary binary = await TerraformBinary.FindAsync(context.Runner, System.Environment.GetEnvironmentVariable(TerraformBinary.Variable));
        AwsAccess access = await AccessAsync(context, options, environment, onEmulator);
        string caller = await AccountGuard.CheckAsync(access, environment.Config.Account, environment.File, context.Stopping);
        reporter.Line($"{environment.Config.Project} {environment.Config.Name}: account {environment.Config.Account}, {access.Region}, "
            + (onEmulator ? "on the emulator" : $"as {caller}"));

        string name = $"{environment.Config.Project}-{environment.Config.Name}{(options.Emulator && !environment.Config.Emulator ? "-emulator" : "")}";
        CheckoutLock checkoutLock = await CheckoutLock.TakeAsync(context.Checkout, name, verb, reporter, context.Stopping);
        try
        {
            string outDir = context.Checkout.DeploymentOutDir(name);
            TimeSpan took = Synthesizer.Run(
                context, environment, outDir, onEmulator ? EmulatorProfiles.Of(context.Checkout, environment.Config.Account) : null);
            reporter.Detail($"synthesized in {Reporter.Duration(took)}");

            Dictionary<string, string?> variables = Surroundings(context, onEmulator, options.Profile);
            var terraform = new TerraformCli(binary, context.Runner, variables, options.LockTimeout, reporter, context.Log);
            var state = new StateBucket(
                access,
                environment.Config.State.BucketOf(environment.Names),
                environment.Config.State.LockTableOf(environment.Names));
            return new Target(environment, onEmulator, outDir, context.Checkout.Plans(name), state, terraform, checkoutLock);
        }
        catch
        {
            checkoutLock.Dispose();
            throw;
        }
    }

    public StackFolder Stack(string name) => StackFolder.Open(OutDir, name);

    public void Dispose() => _lock.Dispose();

    private static async Task<AwsAccess> AccessAsync(RunContext context, TargetOptions options, LoadedEnvironment environment, bool onEmulator)
    {
        if (!onEmulator)
            return AwsAccess.ToAccount(options.Profile, environment.Config.Region);
        (EmulatorState emulator, bool started) = await new EmulatorServer(context.Checkout, context.Runner, context.Reporter).StartAsync();
        if (started)
            context.Reporter.Line($"emulator started: {emulator.Url.OriginalString} (moto {emulator.Version}, process {emulator.ProcessId})");
        EmulatorProfiles.Write(context.Checkout, environment.Config.Account, environment.Config.Region, emulator.Url);
        return AwsAccess.ToEmulator(emulator.Url, environment.Config.Account, environment.Config.Region);
    }

    private static Dictionary<string, string?> Surroundings(RunContext context, bool onEmulator, string? profile)
    {
        ProviderLock provider = ProviderLock.Read(context.Checkout.Root);
        string cliConfiguration = CliConfiguration.Choose(
            context.Checkout.WorkFolder,
            System.Environment.GetEnvironmentVariable(CliConfiguration.Variable),
            TerraformSetup.Mirror(provider),
            provider.Source);
        return TerraformSetup.Variables(
            cliConfiguration, onEmulator, profile, System.Environment.GetEnvironmentVariables().Keys.Cast<string>());
    }

    // What Terraform or AWS might repeat in an error message.
    private static void HideSecrets(Redactor redactor)
    {
        redactor.Hide(System.Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY"));
        redactor.Hide(System.Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN"));
    }
}
