using Infra.Operations.Aws;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Secrets;

/// <summary>
/// SecureStrings in Parameter Store. Terraform writes a placeholder as their first version when it creates them; later versions are set by
/// the operator.
/// </summary>
internal sealed class ParameterStore(AwsAccess access) : IValueStore
{
    private readonly AwsApi _api = access.Api("ssm");

    public async Task<bool?> HasValueAsync(string name, CancellationToken cancellation) =>
        await DescribeAsync(name, cancellation) is { } parameter ? (long)parameter["Version"]! > 1 : null;

    public async Task PutAsync(string name, string value, CancellationToken cancellation)
    {
        JObject parameter = await DescribeAsync(name, cancellation)
            ?? throw OperationException.BadInput($"the parameter {name} does not exist yet", "./infra deploy base");
        await _api.JsonAsync("PutParameter", new JObject
        {
            ["Name"] = name,
            ["Value"] = value,
            ["Type"] = "SecureString",
            ["Overwrite"] = true,
            // Otherwise AWS would use its default key and no description.
            ["KeyId"] = parameter["KeyId"],
            ["Description"] = parameter["Description"] ?? "",
        }, cancellation);
    }

    private async Task<JObject?> DescribeAsync(string name, CancellationToken cancellation)
    {
        JObject answer = await _api.JsonAsync("DescribeParameters", new JObject
        {
            ["ParameterFilters"] = new JArray(new JObject { ["Key"] = "Name", ["Option"] = "Equals", ["Values"] = new JArray(name) }),
        }, cancellation);
        return (JObject?)answer["Parameters"]!.SingleOrDefault();
    }
}
