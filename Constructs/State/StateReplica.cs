using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.S3BucketReplicationConfiguration;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Constructs.State;

/// <summary>
/// A replica of every version of the state, in a bucket of another Region that Terraform never writes to. Deletions are not replicated.
/// </summary>
internal sealed class StateReplica : Construct
{
    public StateReplica(Construct scope, string id, StateReplicaProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string source = props.Source.Outputs.Arn;
        var replica = new SecureBucket(
            this, id, new SecureBucketProps(context, Names.Replica(props.Source.Outputs.Name)) { NoncurrentDays = props.HistoryDays });
        foreach (TerraformResource resource in replica.Node.FindAll().OfType<TerraformResource>())
            resource.Provider = props.Provider;
        Outputs = replica.Outputs;

        string role =
            new Role(this, $"{id}-role", new RoleProps(context, "infra-state-replica", Trust.Service(context, "s3.amazonaws.com", source))
            {
                // Its name is protected: the roles of workflows cannot change it.
                Description = "Lets S3 copy the state to another region.",
                Bounded = false,
                Policies = new Dictionary<string, PolicyDocument>
                {
                    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
                    ["replicate"] = new(
                    new Statement
                    {
                        Sid = "Configuration",
                        Actions = ["s3:GetReplicationConfiguration", "s3:ListBucket"],
                        Resources = [source],
                    },
                    new Statement
                    {
                        Sid = "Read",
                        Actions = ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
                        Resources = [$"{source}/*"],
                    },
                    new Statement
                    {
                        Sid = "Write",
                        Actions = ["s3:ReplicateObject", "s3:ReplicateTags"],
                        Resources = [$"{replica.Outputs.Arn}/*"],
                    }),
                },
            }).Outputs.Arn;

        new S3BucketReplicationConfigurationA(this, "replication", new S3BucketReplicationConfigurationAConfig
        {
            Bucket = props.Source.Bucket.Id,
            Role = role,
            Rule = new[]
            {
                new S3BucketReplicationConfigurationRule
                {
                    Id = "state",
                    Status = "Enabled",
                    Filter = new S3BucketReplicationConfigurationRuleFilter { Prefix = "" },
                    DeleteMarkerReplication = new S3BucketReplicationConfigurationRuleDeleteMarkerReplication { Status = "Disabled" },
                    Destination =
                        new S3BucketReplicationConfigurationRuleDestination { Bucket = replica.Outputs.Arn, StorageClass = "STANDARD_IA" },
                },
            },
            // S3 replicates only between versioned buckets.
            DependsOn =
                [.. new IConstruct[] { props.Source, replica }.SelectMany(bucket => bucket.Node.FindAll()).OfType<ITerraformDependable>()
                    .Where(Versioning)],
        }).Named(id);
    }

    public BucketOutputs Outputs { get; }

    private static bool Versioning(ITerraformDependable resource) =>
        resource is HashiCorp.Cdktf.Providers.Aws.S3BucketVersioning.S3BucketVersioningA;
}

/// <param name="Context">The deployment.</param>
/// <param name="Source">Bucket that is replicated.</param>
/// <param name="HistoryDays">Days that earlier versions are kept.</param>
/// <param name="Provider">Provider of the other region.</param>
internal sealed record StateReplicaProps(DeploymentContext Context, SecureBucket Source, int HistoryDays, TerraformProvider Provider);
