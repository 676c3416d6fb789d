namespace Infra.Configuration.Model;

/// <summary>What the keys of a dictionary look like.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeysAttribute(string pattern, string noun) : Attribute
{
    /// <summary>Regular expression for a whole key.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>What such a key is, for findings: <c>a name of lower-case letters, digits and hyphens</c>.</summary>
    public string Noun { get; } = noun;
}
