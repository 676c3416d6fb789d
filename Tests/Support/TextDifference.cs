namespace Infra.Tests.Support;

/// <summary>The first difference of two texts, line by line, short enough for a terminal.</summary>
internal static class TextDifference
{
    private const int Context = 3;
    private const int Shown = 8;
    private const int Width = 150;

    /// <summary>The lines around the first difference: common lines, then removed (-) and added (+) ones.</summary>
    public static string Describe(string approved, string actual)
    {
        string[] was = approved.Split('\n');
        string[] now = actual.Split('\n');
        int start = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        int end = was.Reverse().Zip(now.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        int kept = Math.Min(end, Math.Min(was.Length, now.Length) - start);
        string[] gone = was[start..(was.Length - kept)];
        string[] come = now[start..(now.Length - kept)];
        int column = Column(gone, come);
        IEnumerable<string> lines =
        [
            $"first difference in line {start + 1}:",
            .. was[Math.Max(0, start - Context)..start].Select(line => $"    {Cut(line, 0)}"),
            .. Marked('-', gone, column),
            .. Marked('+', come, column),
        ];
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Marked(char mark, string[] lines, int column)
    {
        foreach (string line in lines.Take(Shown))
            yield return $"  {mark} {Cut(line, column)}";
        if (lines.Length > Shown)
            yield return $"  {mark} … {lines.Length - Shown} more lines";
    }

    // A policy is one long line: the output shows the part of it that differs.
    private static int Column(string[] gone, string[] come) =>
        gone.Length == 0 || come.Length == 0 ? 0 : gone[0].Zip(come[0]).TakeWhile(pair => pair.First == pair.Second).Count();

    private static string Cut(string line, int column)
    {
        if (line.Length <= Width) return line;
        int from = Math.Min(Math.Max(0, column - (Width / 2)), line.Length - Width);
        return $"{(from > 0 ? "…" : "")}{line[from..(from + Width)]}{(from + Width < line.Length ? "…" : "")}";
    }
}
