using System.Diagnostics;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Tests.Emulator.Providers;

/// <summary>Providers that stay running between the Terraform commands of all sandboxes: provider-pool.mjs.</summary>
internal sealed class ProviderPool : IDisposable
{
    private static readonly string Folder = Path.Combine(Checkout.Find().Root, "Tests", "Emulator", "Providers");

    private static readonly string Schemas = Path.Combine(Checkout.Find().WorkFolder, "provider-schemas");

    private static readonly Lazy<ProviderPool> Started = new(() => new ProviderPool());

    private readonly Process _process;

    private ProviderPool()
    {
        _process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "provider-pool.mjs"), Schemas])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string port = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the pool of providers did not start");
        Variables =
        [
            ("PROVIDER_POOL", port),
            ("POOLED_TERRAFORM", InstalledTerraform),
            (TerraformBinary.Variable, Terraform),
        ];
    }

    /// <summary>The pool of this test run.</summary>
    public static ProviderPool OfThisRun => Started.Value;

    /// <summary>Name or path of the installed Terraform.</summary>
    public static string InstalledTerraform =>
        Environment.GetEnvironmentVariable(TerraformBinary.Variable) is { Length: > 0 } named ? named : "terraform";

    /// <summary>Path of a Terraform that uses the pool.</summary>
    public string Terraform { get; } = Path.Combine(Folder, "terraform-pooled");

    /// <summary>Environment variables with which <c>./infra</c> uses the pool.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables { get; }

    /// <summary>Ends the providers.</summary>
    public static void Stop()
    {
        if (Started.IsValueCreated)
            Started.Value.Dispose();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
