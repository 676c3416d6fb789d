using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Deployment;

/// <summary>Shows the outputs of deployed stacks, read from their states.</summary>
internal static class OutputsCommand
{
    /// <param name="context">Context of the run.</param>
    /// <param name="options">Chosen environment.</param>
    /// <param name="stacks">Stacks.</param>
    /// <param name="json">Whether to write JSON.</param>
    public static async Task<ExitCode> RunAsync(RunContext context, SessionOptions options, IReadOnlyCollection<string> stacks, bool json)
    {
        Connection connection = await Connection.OpenAsync(context, options, quiet: json);
        var names = connection.Environment.Names;
        StateBucket state = connection.State;
        var found = new JObject();
        foreach (string stack in StackOrder.ForDeploy(stacks))
        {
            IReadOnlyList<StateOutput> outputs = await state.ReadOutputsAsync(names.StateKey(stack), context.Stopping);
            found[stack] = new JObject(
                outputs.OrderBy(output => output.Name, StringComparer.Ordinal)
                    .Select(output => new JProperty(output.Name, output.IsSensitive ? PlanContents.Sensitive : output.Value)));
        }

        if (json)
        {
            context.Reporter.Line(found.ToString(Formatting.Indented));
            return ExitCode.Ok;
        }

        foreach (JProperty stack in found.Properties())
        {
            context.Reporter.Step(stack.Value.HasValues ? $"{stack.Name}:" : $"{stack.Name}: no outputs; it is not deployed");
            foreach (JProperty output in ((JObject)stack.Value).Properties())
                context.Reporter.Line(
                    $"  {output.Name} = {(output.Value is JValue value ? value.ToString() : output.Value.ToString(Formatting.None))}");
        }

        return ExitCode.Ok;
    }
}
