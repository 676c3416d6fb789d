using System.Globalization;

namespace Infra.Contracts;

/// <summary>A service that a schedule of mode <c>scale</c> scales to zero and back.</summary>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Name">Name of the ECS service.</param>
/// <param name="Tasks">Number of tasks while it is awake.</param>
/// <param name="Scaling">Minimum and maximum number of tasks, if it has autoscaling.</param>
public sealed record ScaledService(string Cluster, string Name, int Tasks, (int Min, int Max)? Scaling)
{
    private const string NotScaled = "- -";

    /// <summary>With the numbers of tasks while runtime is awake or asleep. cycle.sh does the same.</summary>
    public ScaledService While(bool awake) =>
        awake ? this : this with { Tasks = 0, Scaling = Scaling is null ? null : (0, 0) };

    /// <summary>The line in the variable SERVICES of the build: <c>acme-dev acme-dev-api 3 2 6</c>, or <c>… 3 - -</c>.</summary>
    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture, $"{Cluster} {Name} {Tasks} {(Scaling is { } scaling ? $"{scaling.Min} {scaling.Max}" : NotScaled)}");

    /// <summary>Reads a line of the variable SERVICES.</summary>
    public static ScaledService Parse(string line)
    {
        string[] words = line.Split(' ');
        return new ScaledService(words[0], words[1], Number(words[2]), line.EndsWith(NotScaled, StringComparison.Ordinal)
            ? null
            : (Number(words[3]), Number(words[4])));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
