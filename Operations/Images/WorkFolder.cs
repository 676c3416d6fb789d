namespace Infra.Operations.Images;

/// <summary>A temporary folder for one file at a time, deleted afterwards.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("infra-images-").FullName;

    public string File => Path.Combine(_path, "layer");

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
