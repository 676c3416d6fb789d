namespace Infra.Operations.Output;

/// <summary>Text in lines of a limited width.</summary>
internal static class Wrapped
{
    /// <summary>The text in lines, divided between words; a longer word has a line of its own.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
