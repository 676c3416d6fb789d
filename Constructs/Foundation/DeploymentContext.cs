using HashiCorp.Cdktf;
using Infra.Naming;

namespace Infra.Constructs.Foundation;

/// <summary>What every construct may know of the deployment it is part of.</summary>
/// <param name="Names">Names of its resources; also its project, environment and account.</param>
/// <param name="Region">AWS region.</param>
/// <param name="Production">Whether people depend on it.</param>
/// <param name="Disposable">Whether its data may be thrown away.</param>
internal sealed record DeploymentContext(Names Names, string Region, bool Production, bool Disposable)
{
    public string Account => Names.Account;

    /// <summary>Customer-managed KMS key that everything which takes a key is encrypted with; none means AWS's own keys.</summary>
    public string? KeyArn { get; init; }

    /// <summary>Name of the policy that no role of this project can exceed; the bootstrap stack makes it.</summary>
    public string BoundaryName => $"{Names.Project}-boundary";

    /// <summary>ARN of that policy.</summary>
    public string BoundaryArn => GlobalArn("iam", $"policy/{BoundaryName}");

    /// <summary>ARN of a resource of this account and region.</summary>
    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{Account}:{resource}";

    /// <summary>ARN of a resource of this account in a service without regions (IAM).</summary>
    public string GlobalArn(string service, string resource) => $"arn:aws:{service}::{Account}:{resource}";

    /// <summary>The tag <c>Name</c>, by which the AWS console lists what has no name of its own.</summary>
    public IDictionary<string, string> NameTag(string purpose) => new Dictionary<string, string>
    {
        ["Name"] = purpose.Length == 0 ? Names.Prefix : $"{Names.Prefix}-{purpose}",
    };

    /// <summary>Lifecycle of what holds data: Terraform refuses to destroy it, unless the environment is disposable.</summary>
    public ITerraformResourceLifecycle? PreventDestroy(params string[] ignoredChanges) => Disposable && ignoredChanges.Length == 0
        ? null
        : new TerraformResourceLifecycle
        {
            PreventDestroy = Disposable ? null : true,
            IgnoreChanges = ignoredChanges.Length == 0 ? null : ignoredChanges,
        };
}
