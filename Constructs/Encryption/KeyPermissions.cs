using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Encryption;

/// <summary>
/// Permissions of roles on the environment's key; none with AWS managed or AWS owned keys, which need no permissions of the role.
/// </summary>
internal static class KeyPermissions
{
    /// <summary>Permissions to read encrypted data.</summary>
    /// <param name="context">Deployment and its key.</param>
    /// <param name="services">Services through which the key may be used, and only these: <c>s3</c>, <c>secretsmanager</c>.</param>
    public static IEnumerable<Statement> Read(DeploymentContext context, params IReadOnlyCollection<string> services) =>
        Through(context, "ReadEncrypted", ["kms:Decrypt"], services);

    /// <summary>Permissions to read and write encrypted data; a multipart upload to S3 also decrypts.</summary>
    /// <inheritdoc cref="Read"/>
    public static IEnumerable<Statement> ReadAndWrite(DeploymentContext context, params IReadOnlyCollection<string> services) =>
        Through(context, "WriteEncrypted", ["kms:Decrypt", "kms:GenerateDataKey"], services);

    private static IEnumerable<Statement> Through(
        DeploymentContext context, string sid, string[] actions, IReadOnlyCollection<string> services)
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
