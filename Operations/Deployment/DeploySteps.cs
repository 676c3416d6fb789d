using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>
/// Runs the numbered steps of a deployment. It stops at the first failure, and reports what was done, what is left and how to continue. The
/// steps are idempotent, so that the same command can also be run again.
/// </summary>
/// <param name="context">Context of the run.</param>
/// <param name="options">Options of the command line.</param>
/// <param name="continueWith">The command that continues, for the names of the steps that are left; null means <c>deploy</c>.</param>
internal sealed class DeploySteps(
    RunContext context, SessionOptions options, Func<IReadOnlyCollection<string>, string>? continueWith = null)
{
    public const string Bootstrap = StackNames.Bootstrap;

    public const string Domain = "domain";

    public const string Snapshot = "snapshot";

    public const string Images = "images";

    public const string Smoke = "smoke";

    private readonly List<(string Name, Func<Task<string>> Work)> _steps = [];

    public void Add(string name, Func<Task<string>> work) => _steps.Add((name, work));

    /// <summary>Runs them in order.</summary>
    /// <param name="stacks">Stacks to deploy.</param>
    public async Task<ExitCode> RunAsync(IReadOnlyList<string> stacks)
    {
        var done = new List<string>();
        try
        {
            foreach ((string name, Func<Task<string>> work) in _steps)
            {
                context.Reporter.Step($"[{done.Count + 1}/{_steps.Count}] {name}");
                done.Add(await work());
            }
        }
        catch (OperationException e) when (_steps.Count > 1)
        {
            throw new OperationException(
                e.ExitCode, e.Message, string.Join('\n', new[] { e.Remedy, Progress(done, stacks) }.OfType<string>()), e);
        }

        context.Reporter.Step("done");
        foreach (string line in done)
            context.Reporter.Line($"  {line}");
        return ExitCode.Ok;
    }

    private string Progress(List<string> done, IReadOnlyList<string> stacks)
    {
        string[] left = [.. _steps.Skip(done.Count).Select(step => step.Name)];
        string[] stacksLeft = [.. stacks.Where(left.Contains)];
        string next = continueWith is not null
            ? continueWith(left)
            : stacksLeft.Length > 0
            ? $"./infra deploy {options.AsTyped} {string.Join(' ', stacksLeft)}"
            : $"./infra smoke {options.AsTyped}";
        return (done.Count > 0 ? $"done: {string.Join("; ", done)}\n" : "") + $"left: {string.Join(", ", left)}\nto continue: {next}";
    }
}
