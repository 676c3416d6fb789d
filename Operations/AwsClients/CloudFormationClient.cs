using System.Xml.Linq;
using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of CloudFormation. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
/// </summary>
internal sealed class CloudFormationClient(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("cloudformation");

    /// <summary>A stack; null if it does not exist.</summary>
    public async Task<CloudFormationStack?> DescribeStackAsync(string name, CancellationToken cancellation)
    {
        try
        {
            XElement answer = await _api.QueryAsync(
                "DescribeStacks", new Dictionary<string, string> { ["StackName"] = name }, cancellation);
            return answer.Descendants("Stacks").Elements("member").Select(Read).FirstOrDefault();
        }
        // For a stack that does not exist CloudFormation returns ValidationError; only its message contains the reason.
        catch (AwsApiException e) when (e.Code == "ValidationError" && e.Reason.Contains("does not exist", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static CloudFormationStack Read(XElement stack) => new(
        (string)stack.Element("StackId")!,
        (string?)stack.Element("StackStatus") ?? "",
        (string?)stack.Element("StackStatusReason"),
        stack.Descendants("Outputs").Elements("member").ToDictionary(
            output => (string)output.Element("OutputKey")!, output => (string)output.Element("OutputValue")!, StringComparer.Ordinal));
}

/// <summary>A stack.</summary>
internal sealed record CloudFormationStack(
    string StackId, string StackStatus, string? StackStatusReason, IReadOnlyDictionary<string, string> Outputs);
