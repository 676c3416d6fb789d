using System.Globalization;
using Infra.Configuration.Model;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Lambda's actions on the versions of one layer. https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
/// </summary>
/// <param name="access">Access to the account.</param>
/// <param name="name">Name of the layer: <c>sandbox-da-flask-layer</c>.</param>
internal sealed class LambdaLayerClient(AwsAccess access, string name)
{
    private readonly AwsApi _lambda = access.Api("lambda");

    public string Name { get; } = name;

    /// <summary>Existing versions, newest first.</summary>
    public async Task<IReadOnlyList<LayerVersion>> VersionsAsync(CancellationToken cancellation)
    {
        var versions = new List<LayerVersion>();
        string? marker = null;
        do
        {
            JObject page = await _lambda.RestAsync(
                HttpMethod.Get, $"/2018-10-31/layers/{Name}/versions",
                query: marker is null ? null : new Dictionary<string, string> { ["Marker"] = marker }, cancellation: cancellation);
            versions.AddRange(((JArray?)page["LayerVersions"] ?? []).Select(Version));
            marker = (string?)page["NextMarker"];
        }
        while (!string.IsNullOrEmpty(marker));
        return [.. versions.OrderByDescending(version => version.Number)];
    }

    /// <summary>Publishes a version from an artifact in the code bucket.</summary>
    public async Task<LayerVersion> PublishAsync(
        LayerConfig layer, string bucket, string key, string description, CancellationToken cancellation)
    {
        var input = new JObject
        {
            ["Content"] = new JObject { ["S3Bucket"] = bucket, ["S3Key"] = key },
            ["CompatibleRuntimes"] = new JArray(layer.Runtimes),
            ["CompatibleArchitectures"] = new JArray(layer.Architectures.Select(each => each.Text())),
            ["Description"] = description,
        };
        if (layer.License is { } license)
            input["LicenseInfo"] = license;
        return Version(await _lambda.RestAsync(HttpMethod.Post, $"/2018-10-31/layers/{Name}/versions", input, cancellation: cancellation));
    }

    /// <summary>Deletes a version; functions that use it keep it.</summary>
    public async Task DeleteAsync(long version, CancellationToken cancellation) =>
        await _lambda.RestAsync(HttpMethod.Delete, $"/2018-10-31/layers/{Name}/versions/{version}", cancellation: cancellation);

    /// <summary>Accounts that may use a version, in addition to its own.</summary>
    public async Task<IReadOnlyList<string>> SharedWithAsync(long version, CancellationToken cancellation)
    {
        try
        {
            JObject answer =
                await _lambda.RestAsync(HttpMethod.Get, $"/2018-10-31/layers/{Name}/versions/{version}/policy", cancellation: cancellation);
            return [.. JObject.Parse((string)answer["Policy"]!)["Statement"]!.Select(statement => AccountIn((string?)statement["Sid"]))
                .OfType<string>()];
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            return [];
        }
    }

    /// <summary>Allows another account's functions to use a version.</summary>
    public async Task ShareAsync(long version, string account, CancellationToken cancellation) => await _lambda.RestAsync(
        HttpMethod.Post, $"/2018-10-31/layers/{Name}/versions/{version}/policy",
        new JObject { ["Action"] = "lambda:GetLayerVersion", ["Principal"] = account, ["StatementId"] = Statement(account) },
        cancellation: cancellation);

    /// <summary>Removes this permission.</summary>
    public async Task UnshareAsync(long version, string account, CancellationToken cancellation) =>
        await _lambda.RestAsync(
            HttpMethod.Delete, $"/2018-10-31/layers/{Name}/versions/{version}/policy/{Statement(account)}", cancellation: cancellation);

    private static string Statement(string account) => $"account-{account}";

    private static string? AccountIn(string? sid) =>
        sid?.StartsWith("account-", StringComparison.Ordinal) == true ? sid["account-".Length..] : null;

    private static LayerVersion Version(JToken version) => new(
        (long)version["Version"]!,
        (string)version["LayerVersionArn"]!,
        (string?)version["Description"] ?? "",
        DateTimeOffset.TryParse((string?)version["CreatedDate"], CultureInfo.InvariantCulture, out DateTimeOffset created)
            ? created
            : null);
}

/// <summary>One immutable version of a layer.</summary>
/// <param name="Number">Its number, one more than the previous version's.</param>
/// <param name="Arn">ARN with which a function uses it.</param>
/// <param name="Description">Its description, with the fingerprint of its sources.</param>
/// <param name="Created">When it was published; null if AWS does not return it.</param>
internal sealed record LayerVersion(long Number, string Arn, string Description, DateTimeOffset? Created);
