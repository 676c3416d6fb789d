using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Pipelines;

/// <summary>
/// The role of a pipeline's builds: access to their artifacts and logs, and permission to assume their target roles in other accounts.
/// </summary>
internal sealed class BuildRole : Construct
{
    public BuildRole(Construct scope, string id, BuildRoleProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        Arn = new Role(this, id, new RoleProps(
            context,
            props.Purpose,
            Trust.Service(context, "codebuild.amazonaws.com",
                [.. props.Builds.Select(build => context.Arn("codebuild", $"project/{BuildProject.NameOf(context.Names, build)}"))]))
        {
            Description = props.Description,
            Policies = new Dictionary<string, PolicyDocument> { ["build"] = new(Rights(props)) },
        }).Outputs.Arn;
    }

    public string Arn { get; }

    private static IEnumerable<Statement> Rights(BuildRoleProps props)
    {
        DeploymentContext context = props.Context;
        yield return Allow.WriteLogs(
            "Log", [.. props.Builds.Select(build => context.Arn("logs", $"log-group:{BuildProject.LogGroupOf(context.Names, build)}:*"))]);
        foreach (Statement statement in props.Artifacts)
            yield return statement;
        if (props.TargetRoleArns.Count > 0)
            yield return new Statement { Sid = "Targets", Actions = ["sts:AssumeRole"], Resources = props.TargetRoleArns };
    }
}

internal sealed record BuildRoleProps
{
    /// <summary>The pipeline's deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Purpose in its name: <c>deploy-beta</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Description, one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Purposes of the builds that use it.</summary>
    public required IReadOnlyList<string> Builds { get; init; }

    /// <summary>Permissions on artifacts.</summary>
    public required IReadOnlyList<Statement> Artifacts { get; init; }

    /// <summary>Roles of other accounts that it assumes.</summary>
    public required IReadOnlyList<string> TargetRoleArns { get; init; }
}
