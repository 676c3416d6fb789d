using System.Diagnostics;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>
/// The remaining setup: the launcher script has already updated npm packages, bindings and build before this runs, because
/// the program needs them.
/// </summary>
internal sealed class SetupCommand(RunContext context)
{
    public async Task<ExitCode> RunAsync()
    {
        await StepAsync("Terraform", async () =>
        {
            TerraformBinary binary = await TerraformBinary.FindAsync(context.Runner, context.Variables[TerraformBinary.Variable]);
            return $"{binary.Version} at {binary.Path}";
        });
        await StepAsync("AWS provider", () =>
        {
            ProviderLock provider = ProviderLock.Read(context.Checkout.Root);
            string where = TerraformSetup.Mirror(provider, context.Variables) is { } mirror
                ? $"in the mirror {mirror}"
                : "downloaded and cached at the first plan";
            return Task.FromResult($"{provider.Version}, {where}");
        });
        await StepAsync("emulator", async () =>
        {
            await new EmulatorServer(context.Checkout, context.Runner, context.Reporter).GetAsync();
            return "ready";
        });
        context.Reporter.Good("ready: ./infra deploy --env local");
        return ExitCode.Ok;
    }

    private async Task StepAsync(string what, Func<Task<string>> step)
    {
        var watch = Stopwatch.StartNew();
        string result = await step();
        context.Reporter.Line($"{what}: {result} ({Reporter.Duration(watch.Elapsed)})");
    }
}
