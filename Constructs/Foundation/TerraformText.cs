namespace Infra.Constructs.Foundation;

/// <summary>Text of a user on its way into Terraform, which reads <c>${…}</c> and <c>%{…}</c> in every string as its own.</summary>
internal static class TerraformText
{
    /// <summary>The text such that Terraform gives it back unchanged.</summary>
    public static string Literal(string text) => text
        .Replace("${", "$${", StringComparison.Ordinal)
        .Replace("%{", "%%{", StringComparison.Ordinal);
}
