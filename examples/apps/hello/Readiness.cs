using Amazon.Runtime;
using Amazon.S3;

namespace Hello;

/// <summary>
/// Whether requests can be served: the bucket answers, and the process is not about to end. Liveness is another question: a process that waits
/// for its bucket is not helped by a restart, so the load balancer, at whose word ECS replaces tasks, does not ask this.
/// </summary>
internal sealed class Readiness(IAmazonS3 s3, Surroundings surroundings, IHostApplicationLifetime lifetime) : IHostedLifecycleService, IDisposable
{
    /// <summary>How long an answer holds, so that many who ask cost one request of S3.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long requests are still taken after SIGTERM, so that whoever asks for readiness learns of it before the port closes.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private (long Asked, string? Reason)? _last;

    /// <summary>Why it is not ready; null when it is.</summary>
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

    /// <summary>Lists one key: what the bucket's rights for reading allow, and unlike HEAD it says what is wrong.</summary>
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
            return $"bucket: no answer in {Patience.TotalSeconds} s";
        }
        catch (AmazonServiceException e) when (!string.IsNullOrEmpty(e.ErrorCode))
        {
            return $"bucket: {e.ErrorCode}";
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            return "bucket: not reached";
        }
    }

    /// <summary>Comes before the server stops to listen.</summary>
    async Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => await Task.Delay(Notice, CancellationToken.None);

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _oneAtATime.Dispose();
}
