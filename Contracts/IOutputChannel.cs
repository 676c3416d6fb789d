namespace Infra.Contracts;

/// <summary>
/// One end of the way from base to runtime. Base writes what it made, runtime reads it, and both name each output in the same
/// place, <see cref="BaseOutputs"/>, so that neither can know a name that the other does not.
/// </summary>
public interface IOutputChannel
{
    /// <summary>A single value.</summary>
    /// <param name="name">Name of the Terraform output; stable, because deployed runtimes read it.</param>
    /// <param name="description">What it is.</param>
    /// <param name="made">The value at the writing end; nothing at the reading end.</param>
    /// <returns>The value for constructs at this end.</returns>
    string Text(string name, string description, string? made);

    /// <summary>A list whose length both ends know.</summary>
    /// <param name="name">Name of the Terraform output.</param>
    /// <param name="description">What it is.</param>
    /// <param name="count">Number of values.</param>
    /// <param name="made">The values at the writing end; nothing at the reading end.</param>
    IReadOnlyList<string> List(string name, string description, int count, IReadOnlyList<string>? made);
}
