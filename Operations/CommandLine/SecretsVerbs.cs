using System.CommandLine;
using Infra.Operations.Secrets;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>secrets list|set|check</c>.</summary>
internal static class SecretsVerbs
{
    public static Verb Create(RunContext context)
    {
        var names = new Argument<string[]>("NAME") { Description = "Secrets. Default: those that have no value", Arity = ArgumentArity.ZeroOrMore };
        return new Verb("secrets", "Secrets whose values a person gives: which there are, whether they have one, giving it", "./infra secrets list --env prod", "./infra secrets set --env prod")
        {
            new Verb("list", "Every secret and whether it has a value; values are never shown", "./infra secrets list --env prod")
                .Does(async parsed => await (await SecretsCommand.OpenAsync(context, Options.Read(parsed))).ShowAsync(mustBeThere: false)),
            new Verb("check", "The same; exit code 2 where a value is missing", "./infra secrets check --env prod")
                .Does(async parsed => await (await SecretsCommand.OpenAsync(context, Options.Read(parsed))).ShowAsync(mustBeThere: true)),
            new Verb(
                "set",
                "Give values: from environments/secrets.ENV.json where they are there, else by asking",
                "./infra secrets set --env prod                   those that have none",
                "./infra secrets set partner-key --env prod       another value")
            {
                names,
            }.Does(async parsed => await (await SecretsCommand.OpenAsync(context, Options.Read(parsed))).SetAsync(parsed.GetValue(names) ?? [])),
        };
    }
}
