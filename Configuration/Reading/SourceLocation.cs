namespace Infra.Configuration.Reading;

/// <summary>Position of each path of a merged environment.</summary>
internal sealed class SourceLocation
{
    private readonly Dictionary<string, Position> _places = new(StringComparer.Ordinal);

    public SourceLocation(ObjectNode root)
    {
        _places[""] = root.At;
        Visit("", root);
    }

    /// <summary>Position of a path, or of the closest parent that is in a file: a default value has no position.</summary>
    public Position Find(string path)
    {
        for (string place = path; place.Length > 0; place = Outer(place))
            if (_places.TryGetValue(place, out Position at))
                return at;
        return _places[""];
    }

    private static string Outer(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];

    private void Visit(string path, Node node)
    {
        switch (node)
        {
            case ObjectNode entries:
                foreach (Member member in entries.Members)
                {
                    string inner = ConfigPath.Join(path, member.Name);
                    _places[inner] = member.Pointer;
                    Visit(inner, member.Value);
                }
                break;
            case ArrayNode list:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    string inner = ConfigPath.Item(path, i);
                    _places[inner] = list.Items[i].At;
                    Visit(inner, list.Items[i]);
                }
                break;
        }
    }
}
