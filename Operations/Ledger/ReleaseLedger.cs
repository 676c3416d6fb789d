using System.Globalization;
using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Ledger;

/// <summary>
/// What was released, one parameter for each service or layer. Base makes the parameter and leaves its value alone; the value is what is in use, and Parameter
/// Store's own history (a hundred versions) is the list of what was.
/// </summary>
internal sealed class ReleaseLedger(AwsAccess access)
{
    private const string FailedLabel = "failed-";

    private const string NoParameter = "ParameterNotFound";

    private readonly AwsApi _ssm = access.Api("ssm");

    /// <summary>Every release, the newest first; empty before the first.</summary>
    /// <exception cref="OperationException">Base, which makes the parameter, is not deployed.</exception>
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

    /// <summary>What is in use, <see cref="ReleaseParameter.NothingReleased"/> included; null where base is not deployed.</summary>
    public async Task<LedgerEntry?> FindAsync(string parameter, CancellationToken cancellation)
    {
        try
        {
            // The history, unlike the parameter itself, says who wrote it and whether it failed.
            LedgerEntry? newest = null;
            await foreach (JObject page in _ssm.PagesAsync(
                "GetParameterHistory", new JObject { ["Name"] = parameter, ["MaxResults"] = 50 }, "NextToken", cancellation))
                newest = ((JArray?)page["Parameters"] ?? []).Select(Entry).Append(newest).OfType<LedgerEntry>().MaxBy(entry => entry.Version);
            return newest;
        }
        catch (AwsApiException e) when (e.Code == NoParameter)
        {
            return null;
        }
    }

    /// <summary>What is in use, <see cref="ReleaseParameter.NothingReleased"/> included.</summary>
    /// <exception cref="OperationException">Base, which makes the parameter, is not deployed.</exception>
    public async Task<LedgerEntry> CurrentAsync(string parameter, CancellationToken cancellation) =>
        await FindAsync(parameter, cancellation) ?? throw NotDeployed(parameter);

    /// <summary>Puts a value in use.</summary>
    /// <returns>Version of the entry.</returns>
    public async Task<long> WriteAsync(string parameter, string value, CancellationToken cancellation) =>
        (long)(await _ssm.JsonAsync("PutParameter", new JObject { ["Name"] = parameter, ["Value"] = value, ["Overwrite"] = true }, cancellation))["Version"]!;

    /// <summary>Notes that a release did not go well, so that nobody goes back to it by chance.</summary>
    public async Task MarkFailedAsync(string parameter, long version, CancellationToken cancellation) =>
        // A label is on one version at a time: the version makes it its own.
        await _ssm.JsonAsync("LabelParameterVersion", new JObject
        {
            ["Name"] = parameter, ["ParameterVersion"] = version, ["Labels"] = new JArray($"{FailedLabel}{version}"),
        }, cancellation);

    /// <summary>What was in use before what is now: the newest entry with another value that did not fail.</summary>
    public static LedgerEntry? Previous(IReadOnlyList<LedgerEntry> history) => history.FirstOrDefault(entry => entry.Value != history[0].Value && !entry.Failed);

    private static OperationException NotDeployed(string parameter) =>
        OperationException.BadInput($"the release ledger has no entry {parameter}", "base makes it: ./infra deploy --env NAME base");

    private static LedgerEntry Entry(JToken parameter) => new(
        (long)parameter["Version"]!,
        (string)parameter["Value"]!,
        DateTimeOffset.FromUnixTimeMilliseconds((long)(Convert.ToDouble((string)parameter["LastModifiedDate"]!, CultureInfo.InvariantCulture) * 1000)),
        (string?)parameter["LastModifiedUser"],
        (parameter["Labels"] as JArray ?? []).Any(label => ((string?)label ?? "").StartsWith(FailedLabel, StringComparison.Ordinal)));
}

/// <summary>One release.</summary>
/// <param name="Version">Version of the parameter: 1 is what Terraform wrote.</param>
/// <param name="Value">What was put in use.</param>
/// <param name="At">When.</param>
/// <param name="By">ARN of who did it; null where AWS does not say.</param>
/// <param name="Failed">Whether it was taken back because it did not go well.</param>
internal sealed record LedgerEntry(long Version, string Value, DateTimeOffset At, string? By, bool Failed = false);
