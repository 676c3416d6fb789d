using System.Xml.Linq;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Desk;

/// <summary>
/// Whether a role takes a job's token, decided on the trust policy that stands in the local AWS, since moto itself lets everybody
/// in. Only what these policies are written with is understood: <c>StringEquals</c> on claims of the token.
/// </summary>
/// <param name="access">An account of the local AWS.</param>
internal sealed class RoleTrust(Func<string, AwsAccess> access)
{
    private const string Issuer = "token.actions.githubusercontent.com:";

    public void Check(string roleArn, string subject, string @ref, string workflow)
    {
        var claims = new Dictionary<string, string> { ["aud"] = "sts.amazonaws.com", ["sub"] = subject, ["ref"] = @ref, ["job_workflow_ref"] = workflow };
        foreach (JToken statement in Document(roleArn)["Statement"]!)
        {
            if ((string?)statement["Action"] != "sts:AssumeRoleWithWebIdentity" || (string?)statement["Effect"] != "Allow")
                continue;
            var conditions = (JObject)statement["Condition"]!;
            if (conditions.Properties().Select(condition => condition.Name).Single() != "StringEquals")
                throw new NotSupportedException($"{roleArn} is trusted by {conditions}");
            if (((JObject)conditions["StringEquals"]!).Properties().All(claim => Values(claim.Value).Contains(claims[claim.Name[Issuer.Length..]])))
                return;
        }

        throw new UnauthorizedAccessException($"{roleArn} does not trust {subject} on {@ref}: {Document(roleArn)}");
    }

    private JObject Document(string roleArn)
    {
        string[] parts = roleArn.Split(':');
        XElement role = access(parts[4]).Api("iam").QueryAsync("GetRole", new Dictionary<string, string> { ["RoleName"] = parts[5]["role/".Length..] }).GetAwaiter().GetResult();
        return JObject.Parse(Uri.UnescapeDataString(role.Descendants("AssumeRolePolicyDocument").Single().Value));
    }

    private static IEnumerable<string?> Values(JToken value) => value is JArray list ? list.Select(element => (string?)element) : [(string?)value];
}
