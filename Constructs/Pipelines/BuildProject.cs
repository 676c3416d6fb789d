using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CodebuildProject;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Naming;

namespace Infra.Constructs.Pipelines;

/// <summary>
/// A CodeBuild project of a pipeline: CodePipeline provides its source and stores its artifacts; its log is retained for a limited time.
/// </summary>
internal sealed class BuildProject : Construct
{
    // AWS's images with Node, Docker and jq; .ci/tools downloads .NET and Terraform.
    // https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
    private const string X86Image = "aws/codebuild/standard:7.0";
    private const string ArmImage = "aws/codebuild/amazonlinux-aarch64-standard:3.0";

    public BuildProject(Construct scope, string id, BuildProjectProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        Name = NameOf(context.Names, props.Purpose);
        var log = new LogGroup(this, id, new LogGroupProps(context, LogGroupOf(context.Names, props.Purpose), props.LogRetentionDays));
        new CodebuildProject(this, "project", new CodebuildProjectConfig
        {
            Name = Name,
            Description = props.Description,
            ServiceRole = props.RoleArn,
            EncryptionKey = context.KeyArn,
            BuildTimeout = props.TimeoutMinutes,
            Source = new CodebuildProjectSource { Type = "CODEPIPELINE", Buildspec = props.Buildspec },
            Artifacts = new CodebuildProjectArtifacts { Type = "CODEPIPELINE" },
            Environment = new CodebuildProjectEnvironment
            {
                Type = props.Arm ? "ARM_CONTAINER" : "LINUX_CONTAINER",
                Image = props.Arm ? ArmImage : X86Image,
                ComputeType = "BUILD_GENERAL1_MEDIUM",
                PrivilegedMode = props.BuildsImages,
            },
            LogsConfig = new CodebuildProjectLogsConfig
            {
                CloudwatchLogs = new CodebuildProjectLogsConfigCloudwatchLogs { Status = "ENABLED", GroupName = log.Group.Name },
            },
        }).Named(id);
    }

    public string Name { get; }

    /// <summary>Name of the project of a purpose.</summary>
    public static string NameOf(Names names, string purpose) => names.For(NameRule.BuildProject, purpose);

    /// <summary>Log group of the project of a purpose.</summary>
    public static string LogGroupOf(Names names, string purpose) => $"/aws/codebuild/{NameOf(names, purpose)}";
}

internal sealed record BuildProjectProps
{
    /// <summary>The pipeline's deployment; its key encrypts what the build stores.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Purpose in its name: <c>check</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Description, one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Build specification.</summary>
    public required string Buildspec { get; init; }

    /// <summary>Role that it runs as.</summary>
    public required string RoleArn { get; init; }

    /// <summary>Minutes after which it is stopped, 5 to 480.</summary>
    public required int TimeoutMinutes { get; init; }

    /// <summary>Days that its log is retained.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>Whether it builds images: only Docker needs the privileged mode.</summary>
    public bool BuildsImages { get; init; }

    /// <summary>Whether it runs on ARM, because the images that it builds are for ARM.</summary>
    public bool Arm { get; init; }
}
