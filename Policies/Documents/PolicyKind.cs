namespace Infra.Policies.Documents;

/// <summary>What a policy is attached to, which decides what may be in it.</summary>
public enum PolicyKind
{
    /// <summary>Inline policy of a role, user or group.</summary>
    Inline,

    /// <summary>Managed policy that roles may have attached.</summary>
    Managed,

    /// <summary>Managed policy that limits roles and gives nothing by itself.</summary>
    Boundary,

    /// <summary>Trust policy of a role.</summary>
    Trust,

    /// <summary>Policy of a bucket, key, topic, queue, repository, vault or another resource.</summary>
    Resource,
}
