namespace Infra.Operations.Secrets;

/// <summary>A store of secret values in AWS, used without reading values.</summary>
internal interface IValueStore
{
    /// <summary>Whether a name has a value; null if it does not exist yet.</summary>
    Task<bool?> HasValueAsync(string name, CancellationToken cancellation);

    /// <summary>Writes a new value.</summary>
    Task PutAsync(string name, string value, CancellationToken cancellation);
}
