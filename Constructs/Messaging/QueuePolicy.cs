using Infra.Constructs.Iam;

namespace Infra.Constructs.Messaging;

/// <summary>Resource policies of queues. Roles of the account get their access from their own policies.</summary>
internal static class QueuePolicy
{
    /// <summary>Denies requests without TLS.</summary>
    public static PolicyDocument TlsOnly(string queueArn) => new(new Statement
    {
        Effect = "Deny",
        Sid = "TlsOnly",
        Principal = Principal.Everyone,
        Actions = ["sqs:*"],
        Resources = [queueArn],
        Conditions = [new Condition("Bool", "aws:SecureTransport", "false")],
    });
}
