using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Workspace;

internal sealed class CheckoutLockTests
{
    [Test]
    public async Task TakeAsync_HeldByAnother_NamesTheHolderAndWaits()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var checkout = new Checkout(folder.Path, folder.Path);
        var reporter = new Reporter(output, TextWriter.Null, interactive: false);

        CheckoutLock first = await CheckoutLock.TakeAsync(checkout, "tap-poc", "deploy", reporter, CancellationToken.None);
        Task<CheckoutLock> waiting = CheckoutLock.TakeAsync(checkout, "tap-poc", "plan", reporter, CancellationToken.None);
        // It reports the holder before it waits for the first time, and therefore before it returns.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(waiting.IsCompleted, Is.False);
            Assert.That(output.ToString(),
                Does.Contain("tap-poc is locked in this checkout").And.Contain($"./infra deploy, process {Environment.ProcessId}"));
        }

        first.Dispose();
        using CheckoutLock second = await waiting;
    }

    [Test, Property("Finding", "U29")]
    public async Task TakeAsync_HeldByAnother_SaysSinceWhenInUtc()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var checkout = new Checkout(folder.Path, folder.Path);
        var reporter = new Reporter(output, TextWriter.Null, interactive: false);

        CheckoutLock first = await CheckoutLock.TakeAsync(checkout, "tap-poc", "deploy", reporter, CancellationToken.None);
        Task<CheckoutLock> waiting = CheckoutLock.TakeAsync(checkout, "tap-poc", "plan", reporter, CancellationToken.None);
        Assert.That(output.ToString(), Does.Match(@"since \d\d:\d\d:\d\d UTC\n"));

        first.Dispose();
        using CheckoutLock second = await waiting;
    }

    [Test]
    public async Task TakeAsync_AnotherEnvironment_DoesNotWait()
    {
        using var folder = new TemporaryFolder();
        var checkout = new Checkout(folder.Path, folder.Path);
        var reporter = new Reporter(TextWriter.Null, TextWriter.Null, interactive: false);
        using CheckoutLock first = await CheckoutLock.TakeAsync(checkout, "tap-poc", "deploy", reporter, CancellationToken.None);
        Task<CheckoutLock> other = CheckoutLock.TakeAsync(checkout, "tap-prod", "deploy", reporter, CancellationToken.None);
        // The first lock is still held: this completes only if it does not wait for it.
        (await other.WaitAsync(TimeSpan.FromMinutes(10))).Dispose();
    }
}
