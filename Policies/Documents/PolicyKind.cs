namespace Infra.Policies.Documents;

/// <summary>What a policy is attached to, which determines the allowed elements.</summary>
public enum PolicyKind
{
    /// <summary>Inline policy of a role, user or group.</summary>
    Inline,

    /// <summary>Managed policy that can be attached to roles.</summary>
    Managed,

    /// <summary>Permissions boundary: a managed policy that limits roles and grants nothing.</summary>
    Boundary,

    /// <summary>Trust policy of a role.</summary>
    Trust,

    /// <summary>Policy of a bucket, key, topic, queue, repository, vault or another resource.</summary>
    Resource,
}
