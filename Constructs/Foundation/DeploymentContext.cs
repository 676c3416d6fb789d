using HashiCorp.Cdktf;
using Infra.Naming;

namespace Infra.Constructs.Foundation;

/// <summary>Properties of the deployment that constructs can use.</summary>
/// <param name="Names">Names of its resources; also its project, environment and account.</param>
/// <param name="Region">AWS region.</param>
/// <param name="Production">Whether it is a production environment.</param>
/// <param name="Disposable">Whether its data may be deleted.</param>
internal sealed record DeploymentContext(Names Names, string Region, bool Production, bool Disposable)
{
    public string Account => Names.Account;

    /// <summary>Customer managed KMS key for every resource that supports one; none means AWS's own keys.</summary>
    public string? KeyArn { get; init; }

    /// <summary>Name of the permissions boundary of all roles of this project; the bootstrap stack creates it.</summary>
    public string BoundaryName => $"{Names.Project}-boundary";

    /// <summary>ARN of the permissions boundary.</summary>
    public string BoundaryArn => GlobalArn("iam", $"policy/{BoundaryName}");

    /// <summary>ARN of a resource of this account and region.</summary>
    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{Account}:{resource}";

    /// <summary>ARN of a resource of this account in a service without regions (IAM).</summary>
    public string GlobalArn(string service, string resource) => $"arn:aws:{service}::{Account}:{resource}";

    /// <summary>URL of a queue, for requests to SQS.</summary>
    /// <param name="name">Its name in AWS.</param>
    public string QueueUrl(string name) => $"https://sqs.{Region}.amazonaws.com/{Account}/{name}";

    /// <summary>The tag <c>Name</c>, which the AWS console shows for resources without a name.</summary>
    public IDictionary<string, string> NameTag(string purpose) => new Dictionary<string, string>
    {
        ["Name"] = purpose.Length == 0 ? Names.Prefix : $"{Names.Prefix}-{purpose}",
    };

    /// <summary>Lifecycle of resources that hold data: Terraform refuses to destroy them, unless the environment is disposable.</summary>
    public ITerraformResourceLifecycle? PreventDestroy(params string[] ignoredChanges) => Disposable && ignoredChanges.Length == 0
        ? null
        : new TerraformResourceLifecycle
        {
            PreventDestroy = Disposable ? null : true,
            IgnoreChanges = ignoredChanges.Length == 0 ? null : ignoredChanges,
        };
}
