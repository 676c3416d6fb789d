namespace Infra.Constructs.Foundation;

/// <summary>
/// User text in Terraform configuration, where every string is a template in which <c>${…}</c> and <c>%{…}</c> are evaluated.
/// </summary>
internal static class TerraformText
{
    /// <summary>Escapes the text, so that Terraform evaluates it to the text itself.</summary>
    public static string Literal(string text) => text
        .Replace("${", "$${", StringComparison.Ordinal)
        .Replace("%{", "%%{", StringComparison.Ordinal);
}
