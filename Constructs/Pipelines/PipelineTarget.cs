using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.Pipelines;

/// <summary>Properties of an environment that a pipeline deploys.</summary>
/// <param name="Names">Names of its resources; also its name and account.</param>
/// <param name="File">Its environment file, relative to the repository.</param>
/// <param name="Region">Its region.</param>
/// <param name="Production">Whether it requires manual approval.</param>
/// <param name="Services">Services by the repository of their image.</param>
internal sealed record PipelineTarget(Names Names, string File, string Region, bool Production, ILookup<string, string> Services)
{
    public string Name => Names.Environment;

    /// <summary>Role that deploys it.</summary>
    public string DeployRoleArn => PipelineRoles.Arn(Names, PipelineRoles.TargetDeploy);

    /// <summary>Role that pushes images to its repositories.</summary>
    public string PushRoleArn => PipelineRoles.Arn(Names, PipelineRoles.TargetPush);

    /// <summary>Host name of its registry.</summary>
    public string Registry => $"{Names.Account}.dkr.ecr.{Region}.amazonaws.com";

    /// <summary>URL of a repository for push and pull.</summary>
    public string RepositoryUrl(string repository) => $"{Registry}/{Names.Repository(repository)}";
}
