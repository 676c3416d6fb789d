using System.Globalization;
using Infra.Operations.Output;

namespace Infra.Operations.Workspace;

/// <summary>
/// Lock for commands on one environment in this checkout: two at the same time would write the same plan and stack folders.
/// For different checkouts Terraform's lock in the state bucket is used. The kernel releases it when the process ends, also after a crash.
/// </summary>
internal sealed class CheckoutLock : IDisposable
{
    private readonly FileStream _file;

    private CheckoutLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; while another process holds it, reports the holder and waits.</summary>
    /// <param name="checkout">The checkout.</param>
    /// <param name="deployment">Project and environment: <c>tap-poc</c>.</param>
    /// <param name="verb">The command of this process, shown to others that wait.</param>
    /// <param name="reporter">Shows the holder.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public static async Task<CheckoutLock> TakeAsync(
        Checkout checkout, string deployment, string verb, Reporter reporter, CancellationToken cancellation)
    {
        string path = Path.Combine(checkout.WorkFolder, "locks", deployment + ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        bool told = false;
        while (true)
        {
            if (TryOpen(path) is { } file)
            {
                File.WriteAllText(HolderFile(path), string.Create(
                    CultureInfo.InvariantCulture,
                    $"./infra {verb}, process {Environment.ProcessId}, since {DateTime.UtcNow:HH:mm:ss} UTC"));
                return new CheckoutLock(file);
            }

            if (!told)
                reporter.Warn($"waiting: {deployment} is locked in this checkout by {Holder(path)}");
            told = true;
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellation);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            // FileShare.None is an exclusive flock(2) on Unix.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Next to the lock: .NET cannot open a locked file for reading.
    private static string HolderFile(string path) => path + ".holder";

    private static string Holder(string path)
    {
        try
        {
            string text = File.ReadAllText(HolderFile(path));
            return text.Length > 0 ? text : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
