using System.Diagnostics;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// GitHub's implementation of expressions, by <c>expressions.mjs</c>. One process evaluates all of them: starting Node.js takes longer than
/// many evaluations. It ends with this process, which closes its standard input.
/// </summary>
internal static class ExpressionEvaluator
{
    private static readonly Lock Gate = new();

    private static readonly Lazy<Process> Node = new(() => Process.Start(
        new ProcessStartInfo("node", ["Tests/Runner/expressions.mjs"])
        {
            WorkingDirectory = Checkout.Find().Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);

    /// <exception cref="FormatException">It is not an expression, or it names an unknown context or function.</exception>
    public static JToken Evaluate(string expression, JObject contexts, JObject functions)
    {
        string request =
            new JObject { ["expression"] = expression, ["contexts"] = contexts, ["functions"] = functions }.ToString(Formatting.None);
        string? line;
        lock (Gate)
        {
            Node.Value.StandardInput.WriteLine(request);
            Node.Value.StandardInput.Flush();
            line = Node.Value.StandardOutput.ReadLine();
        }

        // Strings that look like dates stay strings.
        using var json = new JsonTextReader(new StringReader(line ?? throw new InvalidOperationException("expressions.mjs has ended")))
        {
            DateParseHandling = DateParseHandling.None,
        };
        JObject answer = JObject.Load(json);
        return answer["error"] is { } error ? throw new FormatException((string)error!) : answer["value"]!;
    }
}
