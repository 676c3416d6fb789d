using System.Globalization;
using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Ledger;

/// <summary>
/// The released versions, one parameter for each service or layer. Base creates the parameter and ignores its value; the value is the
/// current release, and Parameter Store's history (a hundred versions) is the list of earlier ones.
/// </summary>
internal sealed class ReleaseLedger(AwsAccess access)
{
    private const string FailedLabel = "failed-";

    private const string NoParameter = "ParameterNotFound";

    private readonly AwsApi _ssm = access.Api("ssm");

    /// <summary>All releases, newest first; empty before the first.</summary>
    /// <exception cref="OperationException">Base, which creates the parameter, is not deployed.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> HistoryAsync(string parameter, CancellationToken cancellation)
    {
        var entries = new List<LedgerEntry>();
        try
        {
            await foreach (JObject page in _ssm.PagesAsync(
                "GetParameterHistory", new JObject { ["Name"] = parameter, ["MaxResults"] = 50 }, "NextToken", cancellation))
                entries.AddRange(((JArray?)page["Parameters"] ?? []).Select(Entry));
        }
        catch (AwsApiException e) when (e.Code == NoParameter)
        {
            throw NotDeployed(parameter);
        }

        return [.. entries.Where(entry => entry.Value != ReleaseParameter.NothingReleased).OrderByDescending(entry => entry.Version)];
    }

    /// <summary>The current entry, which may be <see cref="ReleaseParameter.NothingReleased"/>; null if base is not deployed.</summary>
    public async Task<LedgerEntry?> FindAsync(string parameter, CancellationToken cancellation)
    {
        try
        {
            // The history, unlike the parameter itself, contains who wrote it and whether it failed.
            LedgerEntry? newest = null;
            await foreach (JObject page in _ssm.PagesAsync(
                "GetParameterHistory", new JObject { ["Name"] = parameter, ["MaxResults"] = 50 }, "NextToken", cancellation))
                newest = ((JArray?)page["Parameters"] ?? [])
                    .Select(Entry)
                    .Append(newest)
                    .OfType<LedgerEntry>()
                    .MaxBy(entry => entry.Version);
            return newest;
        }
        catch (AwsApiException e) when (e.Code == NoParameter)
        {
            return null;
        }
    }

    /// <summary>The current entry, which may be <see cref="ReleaseParameter.NothingReleased"/>.</summary>
    /// <exception cref="OperationException">Base, which creates the parameter, is not deployed.</exception>
    public async Task<LedgerEntry> CurrentAsync(string parameter, CancellationToken cancellation) =>
        await FindAsync(parameter, cancellation) ?? throw NotDeployed(parameter);

    /// <summary>Writes a value as the current release.</summary>
    /// <returns>Version of the entry.</returns>
    public async Task<long> WriteAsync(string parameter, string value, CancellationToken cancellation) =>
        (long)(await _ssm.JsonAsync(
            "PutParameter", new JObject { ["Name"] = parameter, ["Value"] = value, ["Overwrite"] = true }, cancellation))["Version"]!;

    /// <summary>Labels a release as failed, so that a rollback does not use it.</summary>
    public async Task MarkFailedAsync(string parameter, long version, CancellationToken cancellation) =>
        // A label can be attached to only one version: the version number makes it unique.
        await _ssm.JsonAsync("LabelParameterVersion", new JObject
        {
            ["Name"] = parameter,
            ["ParameterVersion"] = version,
            ["Labels"] = new JArray($"{FailedLabel}{version}"),
        }, cancellation);

    /// <summary>The previous release: the newest entry with another value that did not fail.</summary>
    public static LedgerEntry? Previous(IReadOnlyList<LedgerEntry> history) =>
        history.FirstOrDefault(entry => entry.Value != history[0].Value && !entry.Failed);

    private static OperationException NotDeployed(string parameter) =>
        OperationException.BadInput($"the release ledger has no entry {parameter}", "base creates it: ./infra deploy --env NAME base");

    private static LedgerEntry Entry(JToken parameter) => new(
        (long)parameter["Version"]!,
        (string)parameter["Value"]!,
        DateTimeOffset.FromUnixTimeMilliseconds(
            (long)(Convert.ToDouble((string)parameter["LastModifiedDate"]!, CultureInfo.InvariantCulture) * 1000)),
        (string?)parameter["LastModifiedUser"],
        (parameter["Labels"] as JArray ?? []).Any(label => ((string?)label ?? "").StartsWith(FailedLabel, StringComparison.Ordinal)));
}

/// <summary>One release.</summary>
/// <param name="Version">Version of the parameter: 1 was written by Terraform.</param>
/// <param name="Value">The released value.</param>
/// <param name="At">Time of the release.</param>
/// <param name="By">ARN of the caller; null if AWS does not return it.</param>
/// <param name="Failed">Whether it failed and was rolled back.</param>
internal sealed record LedgerEntry(long Version, string Value, DateTimeOffset At, string? By, bool Failed = false);
