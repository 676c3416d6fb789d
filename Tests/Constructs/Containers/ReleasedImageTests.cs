using Infra.Constructs.Containers;
using Infra.Contracts;
using Infra.Tests.Support;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

/// <summary>Expressions with which Terraform decides whether something was released.</summary>
internal sealed class ReleasedImageTests
{
    private const string Digest = "data.aws_ssm_parameter.release_backend.insecure_value";

    private static readonly Lazy<ReleasedImage> Image = new(() =>
    {
        ReleasedImage image = null!;
        SynthesizedStack.Of(stack => image = new ReleasedImage(stack, "image", new ReleasedImageProps(
            "backend", new ServiceBaseResources(
                "${repo.url}", "arn:execution", "arn:task", "/ecs/acme-dev-backend", "/dev/acme/releases/backend"))));
        return image;
    });

    private static string Text(JToken? expression) => expression!.ToString(Formatting.None);

    [Test, Property("Row", "T11"), Property("Row", "S3")]
    public void Image_IsTheReleasedDigest_AndAPlaceholderBefore() =>
        Assert.That(Text(Image.Value.Image), Is.EqualTo(
            $"${{jsonencode({Digest} == \"none\" ? \"{PlaceholderImage.Public}\" : \"${{repo.url}}@${{{Digest}}}\")}}"));

    [Test, Property("Row", "T11")]
    public void Command_WithoutASetting_IsSetOnlyForThePlaceholder()
    {
        string command = Text(Image.Value.Serve(3000, []));

        Assert.Multiple(() =>
        {
            Assert.That(command, Does.StartWith($"${{jsonencode({Digest} == \"none\" ? [\"python\",\"-c\",\""));
            Assert.That(command, Does.EndWith(" : null)}"), "an image of one's own has a command of its own");
        });
    }

    [Test]
    public void CommandAndEntryPoint_AreThoseOfTheReleasedImage()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Text(Image.Value.Serve(null, ["worker", "${queue}"])), Does.EndWith(" : [\"worker\",\"$${queue}\"])}"));
            Assert.That(Text(Image.Value.Enter(["/bin/sh", "-c"])),
                Is.EqualTo($"${{jsonencode({Digest} == \"none\" ? null : [\"/bin/sh\",\"-c\"])}}"));
            Assert.That(Image.Value.Enter([]), Is.Null);
        });
    }

    [Test, Property("Row", "T11")]
    public void OneOffCommand_DoesNothingBeforeTheFirstRelease() =>
        Assert.That(Text(Image.Value.Run(["migrate", "${to}"])),
            Is.EqualTo($"${{jsonencode({Digest} == \"none\" ? [\"true\"] : [\"migrate\",\"$${{to}}\"])}}"));

    [Test]
    public void HealthCheck_IsOmittedForThePlaceholder()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Text(Image.Value.Check(new JObject { ["retries"] = 3 })),
                Is.EqualTo($"${{jsonencode({Digest} == \"none\" ? null : {{\"retries\":3}})}}"));
            Assert.That(Image.Value.Check(null), Is.Null);
        });
    }
}
