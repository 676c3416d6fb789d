using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Terraform;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Scheduling;

/// <summary>
/// The last deployment of runtime: the synthesized stack, the provider lock file, and a manifest. It is stored for the
/// schedule's build, so that the build wakes what was deployed, not unfinished changes.
/// </summary>
/// <param name="access">Credentials.</param>
/// <param name="bucket">Bucket.</param>
/// <param name="key">Key of the archive.</param>
internal sealed class StoredDeployment(AwsAccess access, string bucket, string key)
{
    private const string StackFile = "cdk.tf.json";
    private const string LockFile = ".terraform.lock.hcl";
    private const string ManifestFile = "manifest.json";
    private const string SumsFile = "SHA256SUMS";

    /// <summary>Stores a stack after it was applied.</summary>
    public async Task PutAsync(StackFolder stack, JObject manifest, CancellationToken cancellation)
    {
        using var archive = new MemoryStream(Pack(
            File.ReadAllBytes(Path.Combine(stack.Path, StackFile)), File.ReadAllBytes(Path.Combine(stack.Path, LockFile)), manifest));
        using AmazonS3Client s3 = access.S3();
        try
        {
            await s3.PutObjectAsync(
                new PutObjectRequest { BucketName = bucket, Key = key, InputStream = archive, ContentType = "application/zip" },
                cancellation);
        }
        catch (AmazonS3Exception e)
        {
            throw OperationException.Failed(
                $"runtime is deployed, but the deployment could not be stored in s3://{bucket}/{key}: {e.Message}",
                "run the same command again; until then the schedule wakes the previously stored deployment");
        }
    }

    /// <summary>Unpacks the stored deployment.</summary>
    /// <param name="outDir">Folder to unpack to, with the layout of a synth.</param>
    /// <param name="stack">Stack.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The manifest; null if nothing is stored.</returns>
    /// <exception cref="OperationException">The stored files do not match their checksums.</exception>
    public async Task<JObject?> GetAsync(string outDir, string stack, CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is not { } content)
            return null;
        string folder = Path.Combine(outDir, "stacks", stack);
        Directory.CreateDirectory(folder);
        Dictionary<string, byte[]> files = Unpack(content);
        File.WriteAllBytes(Path.Combine(folder, StackFile), files[StackFile]);
        File.WriteAllBytes(LockIn(outDir), files[LockFile]);
        return Manifest(files);
    }

    /// <summary>The manifest; null if nothing is stored.</summary>
    public async Task<JObject?> ManifestAsync(CancellationToken cancellation) =>
        await ReadAsync(cancellation) is { } content ? Manifest(Unpack(content)) : null;

    /// <summary>The lock file that <see cref="GetAsync"/> has unpacked.</summary>
    public static string LockIn(string outDir) => Path.Combine(outDir, "terraform.lock.hcl");

    /// <summary>A reproducible archive with checksums of its files.</summary>
    internal static byte[] Pack(byte[] stack, byte[] lockFile, JObject manifest)
    {
        (string Name, byte[] Content)[] files =
            [(StackFile, stack), (LockFile, lockFile),
                (ManifestFile, Encoding.UTF8.GetBytes(manifest.ToString(Formatting.Indented) + "\n"))];
        string sums = string.Concat(files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Content))}  {file.Name}\n"));
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] content) in files.Append((SumsFile, Encoding.ASCII.GetBytes(sums))))
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                // rw-r--r--; without a mode, unzip creates files without read permission.
                entry.ExternalAttributes = Convert.ToInt32("100644", 8) << 16;
                using Stream to = entry.Open();
                to.Write(content);
            }

        return bytes.ToArray();
    }

    /// <summary>Files of an archive, verified.</summary>
    internal static Dictionary<string, byte[]> Unpack(byte[] content)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content));
            Dictionary<string, byte[]> files = archive.Entries.ToDictionary(entry => entry.FullName, Content, StringComparer.Ordinal);
            foreach (string line in Encoding.ASCII.GetString(files[SumsFile]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] parts = line.Split("  ", 2);
                if (Convert.ToHexStringLower(SHA256.HashData(files[parts[1]])) != parts[0])
                    throw new InvalidDataException($"{parts[1]} does not match its checksum");
            }

            return files;
        }
        catch (Exception e) when (e is InvalidDataException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw OperationException.Failed(
                $"the stored deployment cannot be used: {e.Message}", "./infra deploy stores it again; the bucket keeps earlier versions");
        }
    }

    /// <summary>Creates the manifest of a deployment.</summary>
    internal static JObject Describe(string project, string environment, string? commit, Version terraform, DateTimeOffset at) => new()
    {
        ["project"] = project,
        ["environment"] = environment,
        ["commit"] = commit,
        ["deployedAt"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["terraform"] = terraform.ToString(),
    };

    private static JObject Manifest(Dictionary<string, byte[]> files)
    {
        using var json = new JsonTextReader(
            new StringReader(Encoding.UTF8.GetString(files[ManifestFile])))
        { DateParseHandling = DateParseHandling.None };
        return JObject.Load(json);
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using Stream from = entry.Open();
        from.CopyTo(content);
        return content.ToArray();
    }

    private async Task<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        using AmazonS3Client s3 = access.S3();
        try
        {
            using GetObjectResponse answer = await s3.GetObjectAsync(bucket, key, cancellation);
            using var content = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(content, cancellation);
            return content.ToArray();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            throw OperationException.Failed(
                $"{access.Source} may not read the stored deployment s3://{bucket}/{key}", "use a role with permission to deploy");
        }
    }
}
