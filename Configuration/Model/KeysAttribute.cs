namespace Infra.Configuration.Model;

/// <summary>Pattern of the keys of a dictionary.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeysAttribute(string pattern, string noun) : Attribute
{
    /// <summary>Regular expression for the whole key.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>Description of such a key, for findings: <c>a name of lower-case letters, digits and hyphens</c>.</summary>
    public string Noun { get; } = noun;
}
