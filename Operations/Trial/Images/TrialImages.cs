using System.Text;
using Infra.Operations.Aws;
using Infra.Operations.Images;
using Infra.Operations.Ledger;
using Infra.Operations.Trial.Runs;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial.Images;

/// <summary>
/// The images of a trial: a public Python image with another command. Only the image's configuration differs, so that none is built and no
/// Docker is needed.
/// </summary>
internal static class TrialImages
{
    private const string BaseRepository = "docker/library/python";

    private const string BaseTag = "3.13-alpine";

    /// <summary>Program that exits immediately.</summary>
    public static string Crash => "raise SystemExit('this image is meant to fail')";

    /// <summary>Program that responds on both ports with its version, and with 500 if it cannot write to /tmp.</summary>
    public static string Server(string version) => string.Join('\n',
        "import threading",
        "from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer",
        "class Trial(BaseHTTPRequestHandler):",
        "    def do_GET(self):",
        "        try:",
        "            open('/tmp/trial', 'w').close()",
        "            status = 200",
        "        except OSError:",
        "            status = 500",
        "        self.send_response(status)",
        "        self.end_headers()",
        $"        self.wfile.write(b'{version}')",
        $"for port in ({TrialEnvironment.FirstPort}, {TrialEnvironment.SecondPort}):",
        "    threading.Thread(target=ThreadingHTTPServer(('', port), Trial).serve_forever).start()");

    /// <summary>Pushes an image that runs a Python program; an image that already has the tag is kept.</summary>
    /// <returns>Its digest.</returns>
    public static async Task<string> PushAsync(TrialRun run, string tag, string program)
    {
        AwsAccess access = await run.AccessAsync();
        string repository = run.Names.Repository(TrialEnvironment.Service);
        if (await new ImageRegistry(access, repository).FindAsync(null, tag, run.Stopping) is { } there)
            return there.Digest;
        var upload = new ImageUpload(access, repository);
        if (run.OnEmulator)
            return await PutAsync(upload, tag, await LocalImageAsync(upload, tag, run.Stopping), run.Stopping);
        using var source = new PublicImage(new Uri("https://public.ecr.aws/"), BaseRepository, BaseTag);
        await source.ReadAsync("amd64", run.Stopping);
        foreach (JToken layer in source.Manifest["layers"]!)
        {
            string digest = (string)layer["digest"]!;
            if (!await upload.HasAsync(digest, run.Stopping))
                await upload.UploadAsync(digest, await source.BlobAsync(digest, run.Stopping), run.Stopping);
        }

        (JObject manifest, byte[] config) = ImageConfig.WithCommand(source.Manifest, source.Config, ["python", "-u", "-c", program]);
        await upload.UploadAsync((string)manifest.SelectToken("config.digest")!, config, run.Stopping);
        return await PutAsync(upload, tag, manifest, run.Stopping);
    }

    private static async Task<string> PutAsync(ImageUpload upload, string tag, JObject json, CancellationToken cancellation)
    {
        string text = json.ToString(Formatting.None);
        var manifest = ImageManifest.Read(ImageManifest.DigestOf(Encoding.UTF8.GetBytes(text)), null, text);
        await upload.PutAsync(manifest, tag, cancellation);
        return manifest.Digest;
    }

    // The local AWS cannot reach the public registry: an image without files.
    private static async Task<JObject> LocalImageAsync(ImageUpload upload, string tag, CancellationToken cancellation)
    {
        byte[] config = "{}"u8.ToArray(), layer = Encoding.UTF8.GetBytes(tag);
        foreach (byte[] blob in new[] { config, layer })
            if (!await upload.HasAsync(ImageManifest.DigestOf(blob), cancellation))
                await upload.UploadAsync(ImageManifest.DigestOf(blob), blob, cancellation);
        return new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ImageManifest.OciType,
            ["config"] = Descriptor("application/vnd.oci.image.config.v1+json", config),
            ["layers"] = new JArray(Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer)),
        };
    }

    private static JObject Descriptor(string mediaType, byte[] content) =>
        new() { ["mediaType"] = mediaType, ["size"] = content.Length, ["digest"] = ImageManifest.DigestOf(content) };
}
