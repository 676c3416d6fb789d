namespace Infra.Configuration.Reading;

/// <summary>
/// Text of a file, with line breaks as Newtonsoft.Json counts them:
/// , \r
/// and \r.
/// </summary>
internal sealed class SourceText
{
    private readonly string _text;
    private readonly List<int> _lineStarts = [0];

    public SourceText(string text)
    {
        _text = text;
        for (int i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                _lineStarts.Add(i + 1);
    }

    public char At(int offset) => offset < _text.Length ? _text[offset] : '\0';

    /// <summary>Offset of a position that a reader reports: line from 1, characters read of it.</summary>
    public int Offset(int line, int read) => Math.Min(_text.Length, _lineStarts[Math.Clamp(line, 1, _lineStarts.Count) - 1] + read);

    /// <summary>The next position that is not white space, comma or colon: the start of the next token.</summary>
    public int SkipSeparators(int offset)
    {
        while (offset < _text.Length && (char.IsWhiteSpace(_text[offset]) || _text[offset] is ',' or ':'))
            offset++;
        return offset;
    }

    public Position Position(string file, int offset)
    {
        int found = _lineStarts.BinarySearch(offset);
        int line = found >= 0 ? found : ~found - 1;
        return new Position(file, line + 1, offset - _lineStarts[line] + 1);
    }
}
