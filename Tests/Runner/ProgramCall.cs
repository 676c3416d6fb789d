using System.Globalization;

namespace Infra.Tests.Runner;

/// <summary>A program that a job has started: what <c>program-in-jobs</c> sends.</summary>
/// <param name="Program">Name of the program.</param>
/// <param name="Folder">Its working directory.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Variables">The variables that GitHub sets, <c>INFRA_ENV</c>, and the token if the step passes it.</param>
internal sealed record ProgramCall(
    string Program, string Folder, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Variables)
{
    private const char End = '\u001e';

    /// <param name="message">Program, folder, number of arguments, these, and variables, with a record separator after each.</param>
    public static ProgramCall Parse(string message)
    {
        string[] fields = message.Split(End)[..^1];
        int arguments = int.Parse(fields[2], CultureInfo.InvariantCulture);
        return new ProgramCall(
            fields[0],
            fields[1],
            fields[3..(3 + arguments)],
            fields[(3 + arguments)..].Select(field => field.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]));
    }

    /// <summary>What <c>program-in-jobs</c> reads: the exit code in a line, and the output.</summary>
    public static string Answer(int exitCode, string output) => $"{exitCode}\n{output}\n";
}
