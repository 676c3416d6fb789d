using Infra.Operations.Aws;
using Infra.Operations.Ledger;
using Infra.Operations.Trial.Runs;
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
            return await upload.PutAsync(tag, LocalManifest(tag), run.Stopping);
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
        return await upload.PutAsync(tag, manifest, run.Stopping);
    }

    // The emulator stores manifests without layers, and computes the digest from those of the layers.
    private static JObject LocalManifest(string tag) => new()
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = ImageConfig.ManifestType,
        ["config"] =
            new JObject
            {
                ["mediaType"] = "application/vnd.oci.image.config.v1+json",
                ["size"] = 2,
                ["digest"] = ImageConfig.DigestOf("{}"u8.ToArray()),
            },
        ["layers"] = new JArray(new JObject
        {
            ["mediaType"] = "application/vnd.oci.image.layer.v1.tar+gzip",
            ["size"] = 1,
            ["digest"] = ImageConfig.DigestOf(System.Text.Encoding.UTF8.GetBytes(tag)),
        }),
    };
}
