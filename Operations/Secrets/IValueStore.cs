namespace Infra.Operations.Secrets;

/// <summary>Where AWS keeps values that nobody may see, as far as it can be used without reading one.</summary>
internal interface IValueStore
{
    /// <summary>Whether a name has a value; null where the name itself is not there yet.</summary>
    Task<bool?> HasValueAsync(string name, CancellationToken cancellation);

    /// <summary>Gives it a new value.</summary>
    Task PutAsync(string name, string value, CancellationToken cancellation);
}
