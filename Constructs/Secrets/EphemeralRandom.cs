using Constructs;
using HashiCorp.Cdktf;

namespace Infra.Constructs.Secrets;

/// <summary>A random value that AWS makes, Terraform passes on, and neither the state nor a plan ever holds.</summary>
/// <remarks>
/// Terraform asks for a new value in every run; only an argument that is written (<c>…_wo</c>) may take it, and writes it when its
/// version changes. cdktf 0.21 does not model ephemeral blocks, so the block is written as an override of the stack. Whoever plans
/// needs <c>secretsmanager:GetRandomPassword</c>.
/// https://developer.hashicorp.com/terraform/language/resources/ephemeral
/// </remarks>
internal static class EphemeralRandom
{
    private const string Type = "aws_secretsmanager_random_password";

    /// <summary>Adds the block to the stack of <paramref name="scope"/> and gives the expression of its value: letters and digits alone,
    /// so that it stands in an URL, a shell or a configuration file as it is.</summary>
    /// <param name="scope">Construct in the stack.</param>
    /// <param name="logicalId">Address of the block.</param>
    /// <param name="length">Characters.</param>
    public static string Add(Construct scope, string logicalId, int length)
    {
        TerraformStack.Of(scope).AddOverride($"ephemeral.{Type}.{logicalId}", new Dictionary<string, object>
        {
            ["password_length"] = length,
            ["exclude_punctuation"] = true,
            ["require_each_included_type"] = true,
        });
        return $"${{ephemeral.{Type}.{logicalId}.random_password}}";
    }
}
