using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Encryption;

/// <summary>Rights of roles to the environment's key; none where AWS's own keys are used, which services may use for everyone whom they serve.</summary>
internal static class KeyPermissions
{
    /// <summary>To read what services keep encrypted.</summary>
    /// <param name="context">Deployment with its key.</param>
    /// <param name="services">Services through which alone the key may be used: <c>s3</c>, <c>secretsmanager</c>.</param>
    public static IEnumerable<Statement> Read(DeploymentContext context, params IReadOnlyCollection<string> services) =>
        Through(context, "ReadEncrypted", ["kms:Decrypt"], services);

    /// <summary>To read and to write it; a large upload to S3 is read back in parts.</summary>
    /// <inheritdoc cref="Read"/>
    public static IEnumerable<Statement> ReadAndWrite(DeploymentContext context, params IReadOnlyCollection<string> services) =>
        Through(context, "WriteEncrypted", ["kms:Decrypt", "kms:GenerateDataKey"], services);

    private static IEnumerable<Statement> Through(DeploymentContext context, string sid, string[] actions, IReadOnlyCollection<string> services)
    {
        if (context.KeyArn is null || services.Count == 0) yield break;
        yield return new Statement
        {
            Sid = sid,
            Actions = actions,
            Resources = [context.KeyArn],
            Conditions =
            [
                new Condition("StringEquals", "kms:ViaService",
                    [.. services.Distinct().Order(StringComparer.Ordinal).Select(service => $"{service}.{context.Region}.amazonaws.com")]),
            ],
        };
    }
}
