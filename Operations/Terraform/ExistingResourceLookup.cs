using System.Text.RegularExpressions;

namespace Infra.Operations.Terraform;

/// <summary>
/// How to find the id to import a resource by, where an error says that it exists, but has only its name. What each type is imported by:
/// https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
/// </summary>
internal static partial class ExistingResourceLookup
{
    /// <summary>The AWS CLI's command that prints the id, and what the id is; null for other errors and types.</summary>
    /// <param name="address">Address of the resource.</param>
    /// <param name="error">Error.</param>
    public static (string Command, string Id)? Of(string address, string error)
    {
        if (Existing().Match(error) is not { Success: true } match)
            return null;
        string name = match.Groups["name"].Value;
        return address.Split('.')[0] switch
        {
            "aws_lb" => ($"aws elbv2 describe-load-balancers --names {name} --query \"LoadBalancers[].LoadBalancerArn\" --output text", "ARN"),
            "aws_lb_target_group" =>
                ($"aws elbv2 describe-target-groups --names {name} --query \"TargetGroups[].TargetGroupArn\" --output text", "ARN"),
            // A name is unique in its VPC.
            "aws_security_group" =>
                ($"aws ec2 describe-security-groups --filters Name=group-name,Values={name} --query \"SecurityGroups[].[GroupId,VpcId]\" "
                    + "--output text", "GROUP_ID"),
            "aws_secretsmanager_secret" => ($"aws secretsmanager describe-secret --secret-id {name} --query ARN --output text", "ARN"),
            "aws_iam_policy" =>
                ($"aws iam list-policies --scope Local --query \"Policies[?PolicyName=='{name}'].Arn\" --output text", "ARN"),
            _ => null,
        };
    }

    // The provider looks for load balancers and target groups before it creates them: internal/service/elbv2/load_balancer.go and
    // target_group.go. The others are AWS's answers: DuplicateLoadBalancerName, DuplicateTargetGroupName, InvalidGroup.Duplicate,
    // ResourceExistsException, EntityAlreadyExists.
    [GeneratedRegex(
        @"^(ELBv2 (Load Balancer|Target Group) \((?<name>[^)\s]+)\) already exists"
        + @"|creating [^(]+\((?<name>[^)\s]+)\).*(Duplicate(LoadBalancer|TargetGroup)Name|InvalidGroup\.Duplicate|"
        + @"ResourceExistsException|EntityAlreadyExists))", RegexOptions.Singleline)]
    private static partial Regex Existing();
}
