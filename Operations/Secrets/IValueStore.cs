namespace Infra.Operations.Secrets;

/// <summary>A store of secret values in AWS.</summary>
internal interface IValueStore
{
    /// <summary>Whether a name has a value; null if it does not exist yet.</summary>
    Task<bool?> HasValueAsync(string name, CancellationToken cancellation);

    /// <summary>When the current value was written; null if it has none.</summary>
    Task<DateTimeOffset?> ChangedAsync(string name, CancellationToken cancellation);

    /// <summary>Writes a new value. The store keeps the previous one.</summary>
    Task PutAsync(string name, string value, CancellationToken cancellation);

    /// <summary>Makes the previous value the current one.</summary>
    /// <exception cref="Output.OperationException">There is no previous value.</exception>
    Task RollBackAsync(string name, CancellationToken cancellation);
}
