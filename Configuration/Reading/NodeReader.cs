using System.Numerics;
using Infra.Configuration.Findings;
using Newtonsoft.Json;

namespace Infra.Configuration.Reading;

/// <summary>Parses JSON text. Comments and trailing commas are allowed; syntax errors and duplicate keys are findings.</summary>
internal sealed class NodeReader : IDisposable
{
    private readonly string _file;
    private readonly SourceText _text;
    private readonly List<Finding> _findings;
    private readonly JsonTextReader _reader;
    private int _start;
    private int _end;

    private NodeReader(string file, string text, List<Finding> findings)
    {
        _file = file;
        _text = new SourceText(text);
        _findings = findings;
        _reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
    }

    /// <summary>The value of the text, or null if it is not JSON.</summary>
    /// <param name="file">File name for findings.</param>
    /// <param name="text">Content of the file.</param>
    /// <param name="findings">List that findings are added to.</param>
    public static Node? Read(string file, string text, List<Finding> findings)
    {
        using var reader = new NodeReader(file, text, findings);
        try
        {
            if (!reader.Next())
            {
                findings.Add(new Finding(file, 1, 1, "", "is empty; an environment is a JSON object"));
                return null;
            }
            Node node = reader.Value("");
            reader.Next();
            return node;
        }
        catch (JsonReaderException problem)
        {
            findings.Add(new Finding(
                file, Math.Max(1, problem.LineNumber), problem.LinePosition + 1, problem.Path ?? "",
                $"is not JSON: {JsonErrors.InWords(problem.Message)}"));
            return null;
        }
    }

    public void Dispose() => ((IDisposable)_reader).Dispose();

    private Position At => _text.Position(_file, _start);

    private bool Next()
    {
        do
        {
            if (!_reader.Read())
                return false;
            _start = _text.SkipSeparators(_end);
            _end = _text.Offset(_reader.LineNumber, _reader.LinePosition);
        }
        while (_reader.TokenType == JsonToken.Comment);
        return true;
    }

    private void Expect()
    {
        if (!Next())
            throw Error("the file ends too early; a bracket or brace is not closed");
    }

    private JsonReaderException Error(string message)
    {
        Position at = At;
        return new JsonReaderException(message, _reader.Path, at.Line, at.Column - 1, null);
    }

    private Node Value(string path) => _reader.TokenType switch
    {
        JsonToken.StartObject => Object(path),
        JsonToken.StartArray => Array(path),
        JsonToken.String => new ScalarNode(At, Quoted((string)_reader.Value!)),
        JsonToken.Integer => new ScalarNode(At, _reader.Value is BigInteger big ? (double)big : _reader.Value),
        JsonToken.Float when double.IsFinite((double)_reader.Value!) => new ScalarNode(At, _reader.Value),
        JsonToken.Boolean or JsonToken.Null => new ScalarNode(At, _reader.Value),
        _ => throw Error("a value is expected: text in double quotes, a number, true, false, null, { or ["),
    };

    private ObjectNode Object(string path)
    {
        Position at = At;
        var members = new List<Member>();
        var known = new Dictionary<string, Position>();
        for (Expect(); _reader.TokenType != JsonToken.EndObject; Expect())
        {
            Position keyAt = At;
            string name = Quoted((string)_reader.Value!);
            string memberPath = ConfigPath.Join(path, name);
            Expect();
            var member = new Member(name, keyAt, Value(memberPath));
            if (known.TryAdd(name, keyAt))
            {
                members.Add(member);
                continue;
            }
            _findings.Add(new Finding(_file, keyAt.Line, keyAt.Column, memberPath, $"is given twice; first in line {known[name].Line}"));
        }
        return new ObjectNode(at, members);
    }

    private ArrayNode Array(string path)
    {
        Position at = At;
        var items = new List<Node>();
        for (Expect(); _reader.TokenType != JsonToken.EndArray; Expect())
            items.Add(Value(ConfigPath.Item(path, items.Count)));
        return new ArrayNode(at, items);
    }

    // Newtonsoft.Json also accepts 'a', bare keys and multi-line strings; editors and other tools do not.
    private string Quoted(string text)
    {
        if (_text.At(_start) != '"')
            throw Error("text and keys are written in double quotes");
        if (text.Contains('\n', StringComparison.Ordinal)
            && _text.Position(_file, _end).Line > At.Line
            && _reader.TokenType == JsonToken.String)
            throw Error("the closing double quote of a text is missing");
        return text;
    }
}
