using System.Text.RegularExpressions;
using Infra.Tests.Docs;

namespace Infra.Tests.Emulator;

/// <summary>A role of CodeBuild with exactly a policy of docs/runbooks/disaster-recovery.md.</summary>
internal sealed partial class DocumentedRole
{
    private readonly Sandbox _sandbox;
    private readonly string _account;
    private readonly string _region;
    private readonly string _name;

    private DocumentedRole(Sandbox sandbox, string account, string region, string name) =>
        (_sandbox, _account, _region, _name) = (sandbox, account, region, name);

    /// <summary>A session of the role, as a build of CodeBuild has it.</summary>
    public RoleSession Session => RoleSession.OfService(
        _sandbox.Emulator, "codebuild.amazonaws.com", $"arn:aws:iam::{_account}:role/{_name}",
        $"arn:aws:codebuild:{_region}:{_account}:project/{_name}");

    /// <summary>Creates the role.</summary>
    /// <param name="sandbox">Sandbox with the local AWS.</param>
    /// <param name="account">Account.</param>
    /// <param name="region">Region.</param>
    /// <param name="name">Name of the role.</param>
    /// <param name="statement">Beginning of the id of the policy's first statement, by which the policy is found on the page.</param>
    public static async Task<DocumentedRole> CreateAsync(Sandbox sandbox, string account, string region, string name, string statement)
    {
        string policy = Policy().Matches(MarkdownPages.Read("docs/runbooks/disaster-recovery.md"))
            .Select(match => match.Groups["policy"].Value)
            .Single(text => text.Contains($"\"Sid\": \"{statement}", StringComparison.Ordinal));
        var iam = sandbox.Access(account, region).Api("iam");
        await iam.QueryAsync("CreateRole", new Dictionary<string, string>
        {
            ["RoleName"] = name,
            ["AssumeRolePolicyDocument"] = """
                { "Version": "2012-10-17", "Statement": [
                  { "Effect": "Allow", "Principal": { "Service": "codebuild.amazonaws.com" }, "Action": "sts:AssumeRole" }] }
                """,
        });
        await iam.QueryAsync("PutRolePolicy", new Dictionary<string, string>
        {
            ["RoleName"] = name,
            ["PolicyName"] = name,
            ["PolicyDocument"] = policy,
        });
        return new DocumentedRole(sandbox, account, region, name);
    }

    [GeneratedRegex("```json\n(?<policy>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Policy();
}
