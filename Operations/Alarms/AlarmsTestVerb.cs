using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Alarms;

internal sealed class AlarmsTestVerb() : Verb(
    "test",
    "Raise an alarm, check that its notification was sent, set it back; not during a deployment, which an alarm can roll back",
    "./infra alarms test --env dev                     the first alarm that is not raised",
    "./infra alarms test backend-5xx --env prod")
{
    private readonly Argument<string?> _alarm = new("ALARM")
    {
        Description = "Alarm, with or without the prefix of the environment",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override async Task<ExitCode> RunAsync(Invocation invocation) =>
        await (await AlarmsCommand.OpenAsync(invocation.Context, invocation.Options)).TestAsync(invocation.Value(_alarm));
}
