namespace Infra.Contracts;

/// <summary>
/// Passes values from base to runtime. Base writes its outputs, runtime reads them, and both get the names from the same place, <see
/// cref="BaseOutputs"/>, so that they cannot differ.
/// </summary>
public interface IOutputChannel
{
    /// <summary>A single value.</summary>
    /// <param name="name">Name of the Terraform output; stable, because deployed runtimes read it.</param>
    /// <param name="description">What it is.</param>
    /// <param name="made">The value when writing; null when reading.</param>
    /// <returns>The value for constructs of this stack.</returns>
    string Text(string name, string description, string? made);

    /// <summary>A list whose length both stacks know.</summary>
    /// <param name="name">Name of the Terraform output.</param>
    /// <param name="description">What it is.</param>
    /// <param name="count">Number of values.</param>
    /// <param name="made">The values when writing; null when reading.</param>
    IReadOnlyList<string> List(string name, string description, int count, IReadOnlyList<string>? made);
}
