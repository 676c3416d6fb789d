namespace Infra.Naming;

/// <summary>
/// The roles that workflows assume with OIDC. Their names are derived from the environment, so that workflows need no configuration.
/// </summary>
/// <param name="names">Names of the environment.</param>
public sealed class GitHubRoles(Names names)
{
    /// <summary>Purpose of the read-only role: plans on pull requests, drift detection.</summary>
    public const string Plan = "infra-plan";

    /// <summary>Purpose of the role that applies.</summary>
    public const string Apply = "infra-apply";

    /// <summary>Purpose of the role that releases services.</summary>
    public const string Release = "infra-release";

    /// <summary>Purpose of the role that delivers applications.</summary>
    public const string Deliver = "github-delivery";

    /// <summary>Purpose of the role with which people do locally what the role that delivers applications does.</summary>
    public const string DeliverLocally = "local-delivery";

    /// <summary>Purpose of the role that pushes images, before a deployment is approved.</summary>
    public const string Push = "github-push";

    /// <summary>Purpose of the role that verifies every week what applications depend on.</summary>
    public const string Verify = "github-verify";

    public string PlanArn => Arn(Plan);

    public string ApplyArn => Arn(Apply);

    public string ReleaseArn => Arn(Release);

    public string DeliverArn => ArnOf(names.DeliveryRole);

    public string DeliverLocallyArn => Arn(DeliverLocally);

    public string PushArn => Arn(Push);

    public string VerifyArn => Arn(Verify);

    private string Arn(string purpose) => ArnOf(names.For(NameRule.IamRole, purpose));

    private string ArnOf(string role) => $"arn:aws:iam::{names.Account}:role/{role}";
}
