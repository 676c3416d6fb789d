using System.Globalization;
using System.Xml.Linq;
using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>Actions of IAM. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html</summary>
internal sealed class IamClient(AwsAccess access)
{
    private readonly AwsApi _iam = access.Api("iam");

    /// <summary>Actions that IAM's policy simulator does not allow to a role, by its policies and its permissions boundary.</summary>
    /// <param name="roleArn">Role.</param>
    /// <param name="actions">Actions: <c>s3:GetObject</c>.</param>
    /// <param name="resource">ARN, or <c>*</c> for actions without resource-level permissions.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<IReadOnlyList<string>> DeniedAsync(
        string roleArn, IReadOnlyList<string> actions, string resource, CancellationToken cancellation)
    {
        var parameters = new Dictionary<string, string>
        {
            ["PolicySourceArn"] = roleArn,
            ["ResourceArns.member.1"] = resource,
        };
        foreach ((int index, string action) in actions.Index())
            parameters[$"ActionNames.member.{(index + 1).ToString(CultureInfo.InvariantCulture)}"] = action;
        XElement answer = await _iam.QueryAsync("SimulatePrincipalPolicy", parameters, cancellation);
        return
        [
            .. answer.Descendants("EvaluationResults").Elements("member")
                .Where(result => (string?)result.Element("EvalDecision") != "allowed")
                .Select(result => (string)result.Element("EvalActionName")!),
        ];
    }
}
