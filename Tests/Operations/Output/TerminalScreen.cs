using System.Text;

namespace Infra.Tests.Operations.Output;

/// <summary>What a terminal shows: it interprets the control sequences that Spectre.Console writes, and wraps at its width.</summary>
internal sealed class TerminalScreen(int width) : TextWriter
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _row;
    private int _column;
    private string? _sequence;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The lines, without spaces at the end, up to the last one with text.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            List<string> lines = [.. _lines.Select(line => line.ToString().TrimEnd())];
            while (lines is [.., ""])
                lines.RemoveAt(lines.Count - 1);
            return lines;
        }
    }

    public override void Write(char value)
    {
        if (_sequence is not null)
        {
            _sequence += value;
            // A sequence ends with a letter: ESC [ parameters letter.
            if (_sequence.Length > 1 && char.IsAsciiLetter(value))
                Control(_sequence);
        }
        else if (value == '\u001b')
            _sequence = "";
        else if (value == '\r')
            _column = 0;
        else if (value == '\n')
            NextLine();
        else
            Show(value);
    }

    private void Show(char value)
    {
        if (_column == width)
            NextLine();
        StringBuilder line = _lines[_row];
        while (line.Length <= _column)
            line.Append(' ');
        line[_column++] = value;
    }

    private void NextLine()
    {
        _column = 0;
        _row++;
        if (_row == _lines.Count)
            _lines.Add(new StringBuilder());
    }

    private void Control(string sequence)
    {
        _sequence = null;
        int.TryParse(sequence[1..^1], out int number);
        switch (sequence[^1])
        {
            case 'A':
                _row = Math.Max(0, _row - Math.Max(1, number));
                break;
            case 'B':
                _row = Math.Min(_lines.Count - 1, _row + Math.Max(1, number));
                break;
            case 'K':
                _lines[_row].Clear();
                break;
            case 'm' or 'h' or 'l':
                break;
            default:
                throw new NotSupportedException($"the terminal does not know ESC {sequence}");
        }
    }
}
