using HashiCorp.Cdktf;
using Infra.Contracts;

namespace Infra.Stacks;

/// <summary>Writes outputs: every value becomes a Terraform output of the stack.</summary>
internal sealed class OutputWriter(TerraformStack stack) : IOutputChannel
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Names of the outputs that were written.</summary>
    public IReadOnlySet<string> Names => _names;

    public string Text(string name, string description, string? made)
    {
        string value = made ?? throw new InvalidOperationException($"base has no value for its output '{name}'");
        Write(name, description, value);
        return value;
    }

    public IReadOnlyList<string> List(string name, string description, int count, IReadOnlyList<string>? made)
    {
        if (made is null || made.Count != count)
            throw new InvalidOperationException($"base has {made?.Count ?? 0} values for its output '{name}'; it takes {count}");
        Write(name, description, made.ToArray());
        return made;
    }

    private void Write(string name, string description, object value)
    {
        new TerraformOutput(stack, name, new TerraformOutputConfig { Description = description, Value = value });
        _names.Add(name);
    }
}
