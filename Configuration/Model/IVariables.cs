namespace Infra.Configuration.Model;

/// <summary>Environment variables of a container, by source of their values.</summary>
public interface IVariables
{
    /// <summary>Plain-text values.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Names in Parameter Store.</summary>
    IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>Names in Secrets Manager.</summary>
    IReadOnlyDictionary<string, string> Secrets { get; }
}

/// <summary>Names of environment variables.</summary>
internal static class VariableNames
{
    public const string Pattern = "[A-Za-z_][A-Za-z0-9_]*";
    public const string Noun = "a name of letters, digits and underscores, not starting with a digit";
}
