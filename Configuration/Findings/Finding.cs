using System.Globalization;

namespace Infra.Configuration.Findings;

/// <summary>An error or a warning in an environment file.</summary>
/// <param name="File">File, as the user specified it.</param>
/// <param name="Line">Line, from 1; 0 for the whole file.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Path">Path in the file: <c>services.backend.cpu</c>.</param>
/// <param name="Message">What is wrong, what is allowed, and the closest valid value.</param>
public sealed record Finding(string File, int Line, int Column, string Path, string Message)
{
    /// <summary>The rule that it violates.</summary>
    public Rule Rule { get; init; } = Rule.Form;

    /// <summary><c>environments/dev.json:14:17  services.backend.cpu  300 is not a Fargate CPU size; nearest: 256, 512</c>.</summary>
    public override string ToString()
    {
        string place = Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
        return string.Join("  ", new[] { place, Path, Message }.Where(part => part.Length > 0));
    }
}
