using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamPolicy;
using HashiCorp.Cdktf.Providers.Aws.IamRolePolicyAttachment;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Iam;

/// <summary>
/// Statements split into as many managed policies as needed: the inline policies of a role are limited to 10,240 characters in total, a
/// managed policy to 6,144; a role can have ten. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
/// </summary>
internal sealed class ManagedPolicies : Construct
{
    private readonly List<(string Purpose, string Arn)> _policies = [];

    public ManagedPolicies(Construct scope, string id, ManagedPoliciesProps props) : base(scope, id)
    {
        foreach ((string part, IReadOnlyList<Statement> statements) in PolicyParts.Of(props.Statements))
        {
            string purpose = $"{props.Purpose}{part}";
            _policies.Add((purpose, new IamPolicy(this, $"policy{part}", new IamPolicyConfig
            {
                Name = props.Context.Names.For(NameRule.IamPolicy, $"infra-{purpose}"),
                Description = props.Description,
                Policy = new PolicyDocument(statements).ToJson(),
            }).Named($"{id}{part}").Arn));
        }
    }

    /// <summary>Attaches all of them to a role.</summary>
    /// <param name="scope">Scope of the attachments.</param>
    /// <param name="id">Prefix of their ids.</param>
    /// <param name="role">Name of the role.</param>
    public void AttachTo(Construct scope, string id, string role)
    {
        foreach ((string purpose, string arn) in _policies)
            new IamRolePolicyAttachment(scope, $"{id}-{purpose}", new IamRolePolicyAttachmentConfig
            {
                Role = role,
                PolicyArn = arn
            }).Named($"{id}-{purpose}");
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Purpose">Purpose in their names, after <c>infra-</c>; because of this prefix no role of a workflow can change them.</param>
/// <param name="Description">What they allow, in a sentence.</param>
/// <param name="Statements">Statements.</param>
internal sealed record ManagedPoliciesProps(DeploymentContext Context, string Purpose, string Description,
    IReadOnlyList<Statement> Statements);
