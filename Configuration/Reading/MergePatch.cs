namespace Infra.Configuration.Reading;

/// <summary>
/// JSON merge patch (RFC 7396), used by <c>extends</c>: objects are merged key by key, null removes, anything else replaces. Every value
/// keeps the position in the file that it comes from.
/// </summary>
internal static class MergePatch
{
    /// <param name="target">Value that is patched; null if there is none.</param>
    /// <param name="patch">Patch that is applied to it.</param>
    public static Node Apply(Node? target, Node patch)
    {
        if (patch is not ObjectNode changes)
            return patch;

        List<Member> members = target is ObjectNode original ? [.. original.Members] : [];
        foreach (Member change in changes.Members)
        {
            int index = members.FindIndex(m => m.Name == change.Name);
            if (change.Value is ScalarNode { Value: null })
            {
                if (index >= 0)
                    members.RemoveAt(index);
                continue;
            }

            Node? before = index >= 0 ? members[index].Value : null;
            Member merged = change with { Value = Apply(before, change.Value) };
            if (index >= 0)
                members[index] = merged;
            else
                members.Add(merged);
        }
        return new ObjectNode(changes.At, members);
    }
}
