using Constructs;
using HashiCorp.Cdktf;

namespace Infra.Constructs.Secrets;

/// <summary>A random value that AWS generates and Terraform passes on, without storing it in the state or a plan.</summary>
/// <remarks>
/// Terraform reads a new value in every run; only a write-only argument (<c>…_wo</c>) may use it, and is written when its version changes.
/// cdktf 0.21 does not model ephemeral blocks, so the block is an override of the stack. A role that plans needs
/// <c>secretsmanager:GetRandomPassword</c>.
/// https://developer.hashicorp.com/terraform/language/resources/ephemeral
/// </remarks>
internal sealed class EphemeralRandom : Construct
{
    /// <summary>Type of the block, from which permissions follow.</summary>
    public const string BlockType = $"ephemeral.{Type}";

    private EphemeralRandom(Construct scope, string id) : base(scope, id)
    {
    }

    private const string Type = "aws_secretsmanager_random_password";

    /// <summary>
    /// Adds the block to the stack of <paramref name="scope"/> and returns the expression of its value: only letters and digits, so that it
    /// needs no escaping in a URL, a shell or a configuration file.
    /// </summary>
    /// <param name="scope">Construct in the stack.</param>
    /// <param name="logicalId">Logical id of the block.</param>
    /// <param name="length">Number of characters.</param>
    public static string Add(Construct scope, string logicalId, int length)
    {
        _ = new EphemeralRandom(scope, $"{logicalId}-random");
        TerraformStack.Of(scope).AddOverride($"ephemeral.{Type}.{logicalId}", new Dictionary<string, object>
        {
            ["password_length"] = length,
            ["exclude_punctuation"] = true,
            ["require_each_included_type"] = true,
        });
        return $"${{ephemeral.{Type}.{logicalId}.random_password}}";
    }
}
