using System.IO.Compression;
using System.Security.Cryptography;
using Infra.Configuration.Model;
using Infra.Operations.Output;

namespace Infra.Operations.Layers;

/// <summary>A zip file that a layer is published from.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Hash">SHA-256 of it, lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record LayerArtifact(string Path, string Hash, long Bytes)
{
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private const long MostUnpackedBytes = 250 * 1024 * 1024;

    // Folders in /opt that the runtimes search. https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html#packaging-layers-paths
    private static readonly (string Runtime, string Folder)[] Folders =
        [("python", "python/"), ("nodejs", "nodejs/"), ("java", "java/"), ("ruby", "ruby/")];

    /// <summary>Reads an artifact and checks it for errors that AWS, or the first function that uses it, would report.</summary>
    public static LayerArtifact Read(string path, LayerConfig layer)
    {
        if (!File.Exists(path))
            throw OperationException.BadInput(
                $"there is no artifact {path}", "build it first; a folder is packed with ./infra layer pack FOLDER ARTIFACT.zip");
        string[] entries;
        long unpacked;
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            entries = [.. zip.Entries.Select(entry => entry.FullName)];
            unpacked = zip.Entries.Sum(entry => entry.Length);
        }
        catch (InvalidDataException)
        {
            throw OperationException.BadInput($"{path} is not a zip file");
        }

        if (unpacked > MostUnpackedBytes)
            throw OperationException.BadInput(
                $"{path} unpacks to {unpacked / 1024 / 1024} MiB; a function and its layers together are limited to "
                    + $"{MostUnpackedBytes / 1024 / 1024}");
        foreach (string runtime in layer.Runtimes)
        {
            string? folder = Folders.Where(each => runtime.StartsWith(each.Runtime, StringComparison.Ordinal)).Select(each => each.Folder)
                .FirstOrDefault();
            if (folder is not null
                && !entries.Any(
                    entry => new[] { folder, "lib/", "bin/" }.Any(
                        start => entry.StartsWith(start, StringComparison.Ordinal) && entry.Length > start.Length)))
                throw OperationException.BadInput(
                    $"{path} has no files in {folder}, where a {runtime} function searches; its first entry is "
                        + $"{entries.FirstOrDefault() ?? "missing"}",
                    $"pack the folder that contains {folder}, not {folder} itself");
        }

        using FileStream content = File.OpenRead(path);
        return new LayerArtifact(path, Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
    }

    /// <summary>Packs a folder reproducibly: the same content gives a byte-identical file.</summary>
    /// <param name="folder">Folder whose content becomes the root of the zip.</param>
    /// <param name="path">File to write.</param>
    /// <returns>Number of files in it.</returns>
    public static int Pack(string folder, string path)
    {
        if (!Directory.Exists(folder))
            throw OperationException.BadInput($"there is no folder {folder}");
        string[] files = [.. SourceGlob.Below(System.IO.Path.GetFullPath(folder)).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw OperationException.BadInput($"{folder} has no files");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        using FileStream output = File.Create(path);
        using var zip = new ZipArchive(output, ZipArchiveMode.Create);
        foreach (string file in files)
        {
            ZipArchiveEntry entry =
                zip.CreateEntry(System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), CompressionLevel.Optimal);
            // The earliest date of the zip format: the time of the checkout is not part of the content.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            bool executable = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.UserExecute) != 0;
            entry.ExternalAttributes = (executable ? 0x81ED : 0x81A4) << 16; // A regular file, 755 or 644: readable by the function's user.
            using Stream to = entry.Open();
            using FileStream from = File.OpenRead(file);
            from.CopyTo(to);
        }

        return files.Length;
    }
}
