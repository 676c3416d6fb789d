using System.Globalization;
using Infra.Operations.Output;

namespace Infra.Operations.Workspace;

/// <summary>
/// Held while a command works on one target in this checkout: two at once would write the same plan and the same stack folders.
/// Terraform's own lock, in the state bucket, keeps different checkouts apart. The kernel releases it however the process ends.
/// </summary>
internal sealed class CheckoutLock : IDisposable
{
    private readonly FileStream _file;

    private CheckoutLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; while another process has it, says who and waits.</summary>
    /// <param name="checkout">Where.</param>
    /// <param name="target">Project and environment: <c>tap-poc</c>.</param>
    /// <param name="verb">What this process is about to do, for others to read.</param>
    /// <param name="reporter">Told who holds the lock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task<CheckoutLock> TakeAsync(
        Checkout checkout, string target, string verb, Reporter reporter, CancellationToken cancellation)
    {
        string path = Path.Combine(checkout.WorkFolder, "locks", target + ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        bool told = false;
        while (true)
        {
            if (TryOpen(path) is { } file)
            {
                File.WriteAllText(HolderFile(path), string.Create(
                    CultureInfo.InvariantCulture, $"./infra {verb}, process {Environment.ProcessId}, since {DateTime.Now:HH:mm:ss}"));
                return new CheckoutLock(file);
            }

            if (!told)
                reporter.Warn($"waiting: {target} is being worked on in this checkout by {Holder(path)}");
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

    // Beside the lock: .NET does not open for reading what somebody has locked.
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
