using Amazon.Runtime;
using Amazon.S3;

namespace Hello;

/// <summary>
/// Whether requests can be served: the bucket responds, and the process is not stopping. Liveness is separate: a restart does not help a
/// process that waits for its bucket, so the health check of the load balancer, after which ECS replaces tasks, does not use this.
/// </summary>
internal sealed class Readiness(IAmazonS3 s3, Surroundings surroundings, IHostApplicationLifetime lifetime) : IHostedLifecycleService,
IDisposable
{
    /// <summary>Time for which a result is cached, so that many checks cost one request to S3.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Time for which requests are still accepted after SIGTERM, so that readiness checks fail before the port closes.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private (long Asked, string? Reason)? _last;

    /// <summary>Why it is not ready; null if it is ready.</summary>
    public async Task<string?> ReasonAgainstAsync()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return "stopping";
        await _oneAtATime.WaitAsync();
        try
        {
            if (_last is not { } last || TimeProvider.System.GetElapsedTime(last.Asked) > Fresh)
                _last = last = (TimeProvider.System.GetTimestamp(), await AskAsync());
            return last.Reason;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Lists one key: read permission on the bucket allows it, and unlike HEAD the response contains the error.</summary>
    private async Task<string?> AskAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await s3.ListObjectsV2Async(new() { BucketName = surroundings.Bucket, MaxKeys = 1 }, patience.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            return $"bucket: no response within {Patience.TotalSeconds} s";
        }
        catch (AmazonServiceException e) when (!string.IsNullOrEmpty(e.ErrorCode))
        {
            return $"bucket: {e.ErrorCode}";
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            return "bucket: cannot be reached";
        }
    }

    /// <summary>Called before the server stops listening.</summary>
    async Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) =>
        await Task.Delay(Notice, CancellationToken.None);

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _oneAtATime.Dispose();
}
