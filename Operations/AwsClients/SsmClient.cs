using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of Parameter Store. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Operations.html
/// </summary>
internal sealed class SsmClient(AwsAccess access)
{
    private const string Token = "NextToken";

    private readonly AwsApi _api = access.Api("ssm");

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="AwsApiException">There is no such parameter, or another error.</exception>
    public async Task<string> GetParameterAsync(string name, CancellationToken cancellation) =>
        (await _api.JsonAsync<string>("GetParameter", new { Name = name }, "Parameter.Value", cancellation))!;

    /// <summary>The value of a parameter; null if there is no such parameter.</summary>
    public async Task<string?> FindParameterAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await GetParameterAsync(name, cancellation);
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>The value of a version of a SecureString.</summary>
    /// <exception cref="AwsApiException">There is no such version, or another error.</exception>
    public async Task<string> GetSecureStringAsync(string name, long version, CancellationToken cancellation) =>
        (await _api.JsonAsync<string>(
            "GetParameter", new { Name = $"{name}:{version}", WithDecryption = true }, "Parameter.Value", cancellation))!;

    /// <summary>Names of all parameters below a path.</summary>
    public async Task<IEnumerable<string>> GetParametersByPathAsync(string path, CancellationToken cancellation) =>
        (await _api.ListAsync<SsmParameter>(
            "GetParametersByPath", new { Path = path, Recursive = true }, "Parameters", Token, cancellation))
        .Select(parameter => parameter.Name);

    /// <summary>All versions of a parameter.</summary>
    public Task<IReadOnlyList<SsmParameterVersion>> GetParameterHistoryAsync(string name, CancellationToken cancellation) =>
        _api.ListAsync<SsmParameterVersion>(
            "GetParameterHistory", new { Name = name, MaxResults = 50 }, "Parameters", Token, cancellation);

    /// <summary>What a parameter is, without its value; null if there is no such parameter.</summary>
    public async Task<SsmParameterMetadata?> DescribeParameterAsync(string name, CancellationToken cancellation) =>
        await _api.JsonAsync<SsmParameterMetadata>(
            "DescribeParameters",
            new { ParameterFilters = new[] { new { Key = "Name", Option = "Equals", Values = new[] { name } } } }, "Parameters[0]",
            cancellation);

    /// <returns>Version that was written.</returns>
    public Task<long> PutParameterAsync(PutParameterRequest request, CancellationToken cancellation) =>
        _api.JsonAsync<long>("PutParameter", request, "Version", cancellation);

    public Task LabelParameterVersionAsync(string name, long version, string label, CancellationToken cancellation) =>
        _api.JsonAsync<JObject>(
            "LabelParameterVersion", new { Name = name, ParameterVersion = version, Labels = new[] { label } },
            cancellation: cancellation);
}

/// <summary>A parameter.</summary>
internal sealed record SsmParameter(string Name);

/// <summary>A version of a parameter; the date is in seconds since 1970.</summary>
internal sealed record SsmParameterVersion(
    long Version, string Value, double LastModifiedDate, string? LastModifiedUser, IReadOnlyList<string>? Labels);

/// <summary>A parameter without its value; the date is in seconds since 1970.</summary>
internal sealed record SsmParameterMetadata(long Version, string? KeyId, string? Description, double? LastModifiedDate = null);

/// <summary>A value to write; without a type, the parameter must exist.</summary>
internal sealed record PutParameterRequest(
    string Name, string Value, string? Type = null, string? KeyId = null, string? Description = null, bool Overwrite = true);
