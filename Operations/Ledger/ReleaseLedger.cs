using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;

namespace Infra.Operations.Ledger;

/// <summary>
/// The released versions, one parameter for each service or layer. Base creates the parameter and ignores its value; the value is the
/// current release, and Parameter Store's history (a hundred versions) is the list of earlier ones.
/// </summary>
internal sealed class ReleaseLedger(AwsAccess access)
{
    private const string FailedLabel = "failed-";

    private readonly SsmClient _ssm = new(access);

    /// <summary>All releases, newest first; empty before the first.</summary>
    /// <exception cref="OperationException">Base, which creates the parameter, is not deployed.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> HistoryAsync(string parameter, CancellationToken cancellation) =>
    [
        .. (await ReadAsync(parameter, cancellation) ?? throw NotDeployed(parameter))
            .Where(entry => entry.Value != ReleaseParameter.NothingReleased),
    ];

    /// <summary>The current entry, which may be <see cref="ReleaseParameter.NothingReleased"/>; null if base is not deployed.</summary>
    public async Task<LedgerEntry?> FindAsync(string parameter, CancellationToken cancellation) =>
        // The history, unlike the parameter itself, contains who wrote it and whether it failed.
        await ReadAsync(parameter, cancellation) is [var newest, ..] ? newest : null;

    /// <summary>The current entry, which may be <see cref="ReleaseParameter.NothingReleased"/>.</summary>
    /// <exception cref="OperationException">Base, which creates the parameter, is not deployed.</exception>
    public async Task<LedgerEntry> CurrentAsync(string parameter, CancellationToken cancellation) =>
        await FindAsync(parameter, cancellation) ?? throw NotDeployed(parameter);

    /// <summary>Writes a value as the current release.</summary>
    /// <returns>Version of the entry.</returns>
    public Task<long> WriteAsync(string parameter, string value, CancellationToken cancellation) =>
        _ssm.PutParameterAsync(new PutParameterRequest(parameter, value), cancellation);

    /// <summary>Labels a release as failed, so that a rollback does not use it.</summary>
    public Task MarkFailedAsync(string parameter, long version, CancellationToken cancellation) =>
        // A label can be attached to only one version: the version number makes it unique.
        _ssm.LabelParameterVersionAsync(parameter, version, $"{FailedLabel}{version}", cancellation);

    /// <summary>The previous release: the newest entry with another value that did not fail.</summary>
    public static LedgerEntry? Previous(IReadOnlyList<LedgerEntry> history) =>
        history.FirstOrDefault(entry => entry.Value != history[0].Value && !entry.Failed);

    private static OperationException NotDeployed(string parameter) =>
        OperationException.BadInput($"the release ledger has no entry {parameter}", "base creates it: ./infra deploy --env NAME");

    /// <summary>All versions of a parameter, newest first; null if it does not exist.</summary>
    private async Task<IReadOnlyList<LedgerEntry>?> ReadAsync(string parameter, CancellationToken cancellation)
    {
        try
        {
            return
            [
                .. (await _ssm.GetParameterHistoryAsync(parameter, cancellation)).OrderByDescending(each => each.Version)
                    .Select(each => new LedgerEntry(
                        each.Version,
                        each.Value,
                        DateTimeOffset.FromUnixTimeMilliseconds((long)(each.LastModifiedDate * 1000)),
                        each.LastModifiedUser,
                        (each.Labels ?? []).Any(label => label.StartsWith(FailedLabel, StringComparison.Ordinal)))),
            ];
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}

/// <summary>One release.</summary>
/// <param name="Version">Version of the parameter: 1 was written by Terraform.</param>
/// <param name="Value">The released value.</param>
/// <param name="At">Time of the release.</param>
/// <param name="By">ARN of the caller; null if AWS does not return it.</param>
/// <param name="Failed">Whether it failed and was rolled back.</param>
internal sealed record LedgerEntry(long Version, string Value, DateTimeOffset At, string? By, bool Failed = false);
