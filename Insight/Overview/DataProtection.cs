using Infra.Insight.Graph;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Overview;

/// <summary>How the data of one resource can be recovered, apart from AWS Backup.</summary>
/// <param name="Name">Name in AWS.</param>
/// <param name="Kind">AWS's name of its kind.</param>
/// <param name="Recovery">What it can be recovered to.</param>
/// <param name="Deletion">What prevents its deletion.</param>
/// <param name="Address">Stack and address in Terraform.</param>
public sealed record DataProtection(string Name, string Kind, string Recovery, string Deletion, MappedAddress Address)
{
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
    private const int DynamoDbDays = 35;

    public static IReadOnlyList<DataProtection> Of(IReadOnlyList<StackJson> stacks)
    {
        var resources = new GraphResources(stacks);
        HashSet<MappedAddress> versioned =
        [
            .. from versioning in resources.All
               where versioning.Type == "aws_s3_bucket_versioning"
                   && (string?)resources.Element(versioning).Arguments.SelectToken("versioning_configuration.status") == "Enabled"
               from bucket in versioning.DependsOn
               select bucket,
        ];
        return
        [
            .. from resource in resources.All
               let arguments = resources.Element(resource).Arguments
               let recovery = RecoveryOf(resource, arguments, versioned)
               where recovery is not null
               select new DataProtection(
                   GraphBuilder.NameOf(resources, resource), DrawnType.Of(resource.Type)!.Label, recovery, DeletionOf(arguments),
                   resource.Address),
        ];
    }

    private static string? RecoveryOf(MappedResource resource, JObject arguments, HashSet<MappedAddress> versioned) => resource.Type switch
    {
        // With automated backups, RDS also recovers to each point in time of the retention period.
        "aws_db_instance" or "aws_rds_cluster" => (int?)arguments["backup_retention_period"] is > 0 and var days
            ? $"point in time, {days} days"
            : "no automated backups",
        "aws_dynamodb_table" => (bool?)arguments.SelectToken("point_in_time_recovery.enabled") == true
            ? $"point in time, {(int?)arguments.SelectToken("point_in_time_recovery.recovery_period_in_days") ?? DynamoDbDays} days"
            : "no point-in-time recovery",
        "aws_s3_bucket" => versioned.Contains(resource.Address) ? "earlier versions of objects" : "no versioning",
        _ => null,
    };

    private static string DeletionOf(JObject arguments)
    {
        string[] none = [];
        bool inAws = (bool?)arguments["deletion_protection"] == true || (bool?)arguments["deletion_protection_enabled"] == true;
        bool inTerraform = (bool?)arguments.SelectToken("lifecycle.prevent_destroy") == true;
        string[] guards = [.. inAws ? ["AWS's deletion protection"] : none, .. inTerraform ? ["Terraform's prevent_destroy"] : none];
        return guards.Length == 0 ? "none" : string.Join(", ", guards);
    }
}
