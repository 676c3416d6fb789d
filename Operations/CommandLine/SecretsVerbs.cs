using System.CommandLine;
using Infra.Operations.Secrets;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>secrets list|set|check</c>.</summary>
internal static class SecretsVerbs
{
    public static Verb Create(RunContext context)
    {
        var names =
            new Argument<string[]>("NAME") { Description = "Secrets. Default: those without a value", Arity = ArgumentArity.ZeroOrMore };
        return new Verb("secrets", "List, set and check the secrets whose values are set by the operator",
            "./infra secrets list --env prod", "./infra secrets set --env prod")
        {
            new Verb("list", "List every secret and whether it has a value; values are never shown", "./infra secrets list --env prod")
                .WithAction(async parsed =>
                    await (await SecretsCommand.OpenAsync(context, Options.Read(context, parsed))).ShowAsync(mustBeThere: false)),
            new Verb("check", "Like list; exit code 2 if a value is missing", "./infra secrets check --env prod")
                .WithAction(async parsed =>
                    await (await SecretsCommand.OpenAsync(context, Options.Read(context, parsed))).ShowAsync(mustBeThere: true)),
            new Verb(
                "set",
                "Set values: from environments/secrets.ENV.json, or from prompts for those that are not in it",
                "./infra secrets set --env prod                   those without a value",
                "./infra secrets set partner-key --env prod       another value")
            {
                names,
            }.WithAction(async parsed =>
                await (await SecretsCommand.OpenAsync(context, Options.Read(context, parsed))).SetAsync(parsed.GetValue(names) ?? [])),
        };
    }
}
