using Infra.Operations.Access;

namespace Infra.Operations.CommandLine;

/// <summary><c>access</c>.</summary>
internal static class AccessVerbs
{
    public static Verb Create(RunContext context) => new Verb(
        "access",
        "Who from outside the environment's account reaches what in it, and what its roles reach in other accounts; as Markdown",
        "./infra access --env prod                        GitHub's tokens by repository and branch, other accounts, everyone")
        .Does(parsed => Task.FromResult(AccessFlow.Run(context, Options.Read(parsed))));
}
