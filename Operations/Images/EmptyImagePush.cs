using System.Text;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Images;

/// <summary>
/// Pushes an image without files to a repository of the local AWS, which runs no containers and to which a container tool cannot push.
/// </summary>
internal sealed class EmptyImagePush(RunContext context, SessionOptions options)
{
    /// <param name="named">Service or agent.</param>
    /// <param name="tag">Tag; each has a digest of its own.</param>
    public async Task<ExitCode> RunAsync(string named, string tag)
    {
        Application application = NamedApplication.Find(EnvironmentLoader.Load(context, options.Environment, warn: false).Config, named);
        var reference = ImageReference.Parse(tag);
        if (reference is not { Tag: not null, Repository: null, Digest: null })
            throw OperationException.BadInput($"{tag} is not a tag", "for example v1.4.0");
        Connection connection = await Connection.OpenAsync(context, options);
        if (!connection.OnEmulator)
            throw OperationException.BadInput(
                $"{connection.Environment.Config.Name} is in AWS; images push pushes an empty image, only to the local AWS",
                "to push an image to AWS: docker push, or ./infra deliver");
        string repository = connection.Environment.Names.Repository(application.Repository);
        var registry = new ImageRegistry(connection.Access, repository);
        (ImageManifest manifest, byte[] config) = Image(tag, application.Architecture);
        if (await registry.FindAsync(null, tag, context.Stopping) is { } existing && existing.Digest != manifest.Digest)
            throw OperationException.BadInput(
                $"repository {repository} has another image with the tag {tag}, {ImageReference.Short(existing.Digest)}",
                "tags are immutable: choose another one");
        var upload = new ImageUpload(connection.Access, repository);
        foreach (byte[] blob in new[] { config, Layer })
            if (!await upload.HasAsync(ImageManifest.DigestOf(blob), context.Stopping))
                await upload.UploadAsync(ImageManifest.DigestOf(blob), blob, context.Stopping);
        await upload.PutAsync(manifest, tag, context.Stopping);
        context.Reporter.Good($"{repository}:{tag} is {manifest.Digest}");
        context.Reporter.Line($"to release it: ./infra release {application.Name} {tag} {options.AsTyped}");
        return ExitCode.Ok;
    }

    // An empty tar archive: two blocks of zeros.
    private static readonly byte[] Layer = new byte[1024];

    /// <summary>
    /// An image of one empty layer, whose configuration has the tag, so that each tag is an image of its own.
    /// https://github.com/opencontainers/image-spec/blob/main/config.md
    /// </summary>
    internal static (ImageManifest Manifest, byte[] Config) Image(string tag, CpuArchitecture architecture)
    {
        string layer = ImageManifest.DigestOf(Layer);
        byte[] config = Bytes(new JObject
        {
            ["architecture"] = architecture == CpuArchitecture.Arm64 ? "arm64" : "amd64",
            ["os"] = "linux",
            ["config"] = new JObject { ["Labels"] = new JObject { ["org.opencontainers.image.version"] = tag } },
            ["rootfs"] = new JObject { ["type"] = "layers", ["diff_ids"] = new JArray(layer) },
        });
        byte[] manifest = Bytes(new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ImageManifest.OciType,
            ["config"] = Descriptor("application/vnd.oci.image.config.v1+json", config),
            ["layers"] = new JArray(Descriptor("application/vnd.oci.image.layer.v1.tar", Layer)),
        });
        return (ImageManifest.Read(ImageManifest.DigestOf(manifest), null, Encoding.UTF8.GetString(manifest)), config);
    }

    private static JObject Descriptor(string mediaType, byte[] content) => new()
    {
        ["mediaType"] = mediaType,
        ["digest"] = ImageManifest.DigestOf(content),
        ["size"] = content.Length,
    };

    private static byte[] Bytes(JObject json) => Encoding.UTF8.GetBytes(json.ToString(Formatting.None));
}
