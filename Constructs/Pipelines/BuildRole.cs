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
        yield return new Statement
        {
            Sid = "Log",
            Actions = ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resources = [.. props.Builds.Select(build => context.Arn("logs", $"log-group:{BuildProject.LogGroupOf(context.Names, build)}:*"))],
        };
        foreach (Statement statement in props.Artifacts)
            yield return statement;
        if (props.TargetRoleArns.Count > 0)
            yield return new Statement { Sid = "Targets", Actions = ["sts:AssumeRole"], Resources = props.TargetRoleArns };
    }
}

/// <param name="Context">The pipeline's deployment.</param>
/// <param name="Purpose">Purpose in its name: <c>deploy-beta</c>.</param>
/// <param name="Description">Description, one sentence.</param>
/// <param name="Builds">Purposes of the builds that use it.</param>
/// <param name="Artifacts">Permissions on artifacts.</param>
/// <param name="TargetRoleArns">Roles of other accounts that it assumes.</param>
internal sealed record BuildRoleProps(
    DeploymentContext Context,
    string Purpose,
    string Description,
    IReadOnlyList<string> Builds,
    IReadOnlyList<Statement> Artifacts,
    IReadOnlyList<string> TargetRoleArns);
