using System.Globalization;
using Infra.Contracts;

namespace Infra.Stacks;

/// <summary>Reads outputs: every value is an expression that reads base's state.</summary>
/// <param name="remoteState">Logical id of the remote state: <c>base</c>.</param>
/// <param name="published">Outputs that base has.</param>
internal sealed class OutputReader(string remoteState, IReadOnlySet<string> published) : IOutputChannel
{
    public string Text(string name, string description, string? made) => $"${{{Address(name)}}}";

    public IReadOnlyList<string> List(string name, string description, int count, IReadOnlyList<string>? made)
    {
        string address = Address(name);
        return [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"${{{address}[{i}]}}"))];
    }

    private string Address(string name) => published.Contains(name)
        ? $"data.terraform_remote_state.{remoteState}.outputs.{name}"
        : throw new InvalidOperationException(
            $"runtime needs base's output '{name}', which base does not have; it has: {string.Join(", ", published)}");
}
