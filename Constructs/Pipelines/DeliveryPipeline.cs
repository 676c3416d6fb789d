using Constructs;
using HashiCorp.Cdktf.Providers.Aws.Codepipeline;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Pipelines;

/// <summary>
/// The CodePipeline: each commit of the branch is built once, then deployed to one environment after the other, with manual approval before
/// production. Executions are queued, so that commits are deployed in order.
/// </summary>
internal sealed class DeliveryPipeline : Construct
{
    public DeliveryPipeline(Construct scope, string id, DeliveryPipelineProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        Name = NameOf(context.Names);
        string roleArn = new Role(this, $"{id}-role", new RoleProps(
            context, "pipeline", Trust.Service(context, "codepipeline.amazonaws.com", context.Arn("codepipeline", Name)))
        {
            Description = $"Runs of pipeline {Name}.",
            Policies = new Dictionary<string, PolicyDocument> { ["run"] = new(Rights(props)) },
        }).Outputs.Arn;

        new Codepipeline(this, "pipeline", new CodepipelineConfig
        {
            Name = Name,
            RoleArn = roleArn,
            PipelineType = "V2",
            ExecutionMode = "QUEUED",
            ArtifactStore = new[]
            {
                new CodepipelineArtifactStore
                {
                    Type = "S3",
                    Location = props.ArtifactBucket,
                    EncryptionKey = new CodepipelineArtifactStoreEncryptionKey { Type = "KMS", Id = context.KeyArn! },
                },
            },
            Trigger = new[]
            {
                new CodepipelineTrigger
                {
                    ProviderType = "CodeStarSourceConnection",
                    GitConfiguration = new CodepipelineTriggerGitConfiguration
                    {
                        SourceActionName = "Source",
                        Push = new[]
                        {
                            new CodepipelineTriggerGitConfigurationPush
                            {
                                Branches = new CodepipelineTriggerGitConfigurationPushBranches { Includes = [props.Source.Branch] },
                            },
                        },
                    },
                },
            },
            Stage = props.Stages.Prepend(SourceStage(props.Source)).Select(stage => new CodepipelineStage
            {
                Name = stage.Name,
                Action = stage.Actions.Select((action, i) => action.ToConfig(i + 1)).ToArray(),
            }).ToArray(),
        }).Named(id);
    }

    private static readonly string[] ConnectionServices = ["codeconnections", "codestar-connections"];

    public string Name { get; }

    /// <summary>Name of a deployment's pipeline.</summary>
    public static string NameOf(Names names) => names.For(NameRule.Pipeline, "pipeline");

    private static PipelineStage SourceStage(PipelineSource source) =>
        new("Source", new PipelineAction("Source", "Source", "CodeStarSourceConnection")
        {
            Outputs = [PipelineAction.SourceArtifact],
            Configuration = new Dictionary<string, string>
            {
                ["ConnectionArn"] = source.ConnectionArn,
                ["FullRepositoryId"] = source.Repository,
                ["BranchName"] = source.Branch,
                // The trigger starts executions; with both, each commit would start two.
                ["DetectChanges"] = "false",
            },
        });

    private static string OfService(string arn, string service)
    {
        string[] parts = arn.Split(':');
        parts[2] = service;
        return string.Join(':', parts);
    }

    private static IEnumerable<Statement> Rights(DeliveryPipelineProps props)
    {
        DeploymentContext context = props.Context;
        yield return new Statement
        {
            Sid = "Source",
            // The service had another name when older connections were created, and each action only applies to ARNs with its own service
            // name. https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
            Actions = [.. ConnectionServices.Select(service => $"{service}:UseConnection")],
            Resources = [.. ConnectionServices.Select(service => OfService(props.Source.ConnectionArn, service))],
        };
        yield return new Statement
        {
            Sid = "Build",
            Actions = ["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
            Resources =
                [.. props.Stages.SelectMany(stage => stage.Actions)
                    .Select(action => action.Project)
                    .OfType<string>()
                    .Order(StringComparer.Ordinal)
                .Select(project => context.Arn("codebuild", $"project/{project}"))],
        };
        yield return new Statement { Sid = "AskForApproval", Actions = ["sns:Publish"], Resources = [props.TopicArn] };
        foreach (Statement statement in props.Artifacts)
            yield return statement;
    }
}

internal sealed record DeliveryPipelineProps
{
    /// <summary>The pipeline's deployment; its key encrypts what it stores.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Source of commits.</summary>
    public required PipelineSource Source { get; init; }

    /// <summary>Stages after the source stage.</summary>
    public required IReadOnlyList<PipelineStage> Stages { get; init; }

    /// <summary>Bucket of sources and artifacts.</summary>
    public required string ArtifactBucket { get; init; }

    /// <summary>Permissions to use it.</summary>
    public required IReadOnlyList<Statement> Artifacts { get; init; }

    /// <summary>Topic that requests approvals.</summary>
    public required string TopicArn { get; init; }
}

/// <summary>Source of commits.</summary>
/// <param name="ConnectionArn">Connection to the Git host.</param>
/// <param name="Repository">Owner and name.</param>
/// <param name="Branch">Branch whose commits start an execution.</param>
internal sealed record PipelineSource(string ConnectionArn, string Repository, string Branch);
