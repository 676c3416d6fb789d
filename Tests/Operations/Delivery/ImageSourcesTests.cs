using Infra.Configuration;
using Infra.Operations.Delivery;
using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Delivery;

/// <summary>Which images a delivery builds; mistakes are reported before anything is changed.</summary>
[Property("Row", "L-L2")]
internal sealed class ImageSourcesTests
{
    private static readonly string s_digest = $"sha256:{new string('a', 64)}";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        foreach (string app in new[] { "streamlit", "assistant" })
            _folder.Write($"apps/{app}/Dockerfile", "FROM scratch");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void EnvironmentOfAPipeline_HasItsImages()
    {
        Assert.That(
            Read(new DeliveryOptions()).Select(image => $"{image.Repository} {Path.GetRelativePath(_folder.Path, image.Context!)} "
                + $"{image.Dockerfile} {image.Platform} {string.Join(',', image.Applications.Select(application => application.Name))}"),
            Is.EqualTo(new[]
            {
                "assistant apps/assistant Dockerfile linux/arm64 assistant",
                "streamlit apps/streamlit Dockerfile linux/arm64 streamlit",
            }));
    }

    [Test]
    public void SkipImages_HasNone() => Assert.That(Read(new DeliveryOptions { SkipImages = true }), Is.Empty);

    [Test]
    public void SkipAgents_LeavesOutTheirImages() =>
        Assert.That(Read(new DeliveryOptions { SkipAgents = true }).Select(image => image.Repository), Is.EqualTo(new[] { "streamlit" }));

    [Test]
    public void Context_ReplacesThatOfThePipeline()
    {
        string other = Path.GetDirectoryName(_folder.Write("other/Dockerfile", "FROM scratch"))!;
        Assert.That(
            Read(new DeliveryOptions { Contexts = [$"streamlit={other}"] }).Single(image => image.Repository == "streamlit").Context,
            Is.EqualTo(other));
    }

    [Test]
    public void Digests_AreNotBuilt_AndOthersAreKept()
    {
        string file = _folder.Write("images.env", $"streamlit={s_digest}\n");
        var sources = Sources(Beta, new DeliveryOptions { Digests = [file] });
        IReadOnlyList<DeliveredImage> images = sources.Read();
        Assert.That(
            images.Select(image => (image.Repository, image.Digest, image.Context)),
            Is.EqualTo(new[] { ("streamlit", (string?)s_digest, (string?)null) }));
        Assert.That(sources.Kept(images), Is.EqualTo(new[] { "assistant" }));
    }

    [Test]
    public void DigestsFile_WithAMistake_IsReportedWithItsLine()
    {
        string malformed = _folder.Write("malformed.env", $"streamlit={s_digest}\nassistant=latest\n");
        string unknown = _folder.Write("unknown.env", $"web={s_digest}\n");
        Assert.That(
            Problem(new DeliveryOptions { Digests = [malformed] }),
            Is.EqualTo($"{malformed}:2: assistant=latest is not NAME=sha256:… with 64 hexadecimal digits\n"));
        Assert.That(
            Problem(new DeliveryOptions { Digests = [unknown] }),
            Is.EqualTo($"{unknown}:1: beta has no repository web\navailable: assistant, streamlit"));
        Assert.That(Problem(new DeliveryOptions { Digests = ["missing.env"] }), Is.EqualTo("--digests: there is no file missing.env\n"));
    }

    [TestCase("backend=apps", "--context beta has no repository backend\navailable: assistant, streamlit")]
    [TestCase("streamlit", "--context streamlit is not NAME=DIR\nfor example --context backend=../app/backend")]
    [TestCase("streamlit=", "--context streamlit= is not NAME=DIR\nfor example --context backend=../app/backend")]
    public void Context_WithAMistake_IsReported(string context, string problem) =>
        Assert.That(Problem(new DeliveryOptions { Contexts = [context] }), Is.EqualTo(problem));

    [Test]
    public void Context_WithoutDockerfile_IsReported()
    {
        File.Delete(Path.Combine(_folder.Path, "apps", "streamlit", "Dockerfile"));
        Assert.That(Problem(new DeliveryOptions()),
            Does.StartWith("the image of streamlit cannot be built: there is no file ")
                .And.EndsWith("pass --context streamlit=DIR, or correct pipeline.images.streamlit"));
    }

    [Test]
    public void EnvironmentWithoutPipeline_NeedsAContext() => Assert.That(
        Problem(new DeliveryOptions(), WrittenEnvironment.Load("dev", """
            {
              "name": "dev", "project": "shop", "account": "111111111111", "region": "us-east-1",
              "network": { "cidr": "10.50.0.0/16", "zones": ["a", "b"] }, "services": { "web": { "port": 8000 } }
            }
            """)),
        Is.EqualTo("dev has no image to build\npass --context NAME=DIR; available: web\n"
            + "or --skip-images, for only the stacks and the smoke tests"));

    [Test]
    public void OptionsThatContradict_AreReported()
    {
        Assert.That(Problem(new DeliveryOptions { SkipImages = true, Digests = ["images.env"] }),
            Is.EqualTo("--skip-images and --digests exclude each other\npass one of them"));
        Assert.That(Problem(new DeliveryOptions { SkipImages = true, Contexts = ["a=b"] }),
            Is.EqualTo("--skip-images and --context exclude each other\npass one of them"));
        Assert.That(Problem(new DeliveryOptions { Digests = ["images.env"], Contexts = ["a=b"] }),
            Is.EqualTo("--digests and --context exclude each other\npass one of them"));
    }

    [Test]
    public void OptionsAsTyped_AreThoseOfTheCommandLine() => Assert.That(
        new DeliveryOptions { SkipAgents = true, SkipSmoke = true, Contexts = ["web=app"], Tag = "v1" }.AsTyped,
        Is.EqualTo(" --skip-agents --skip-smoke --context web=app --tag v1"));

    private static LoadedEnvironment Beta => EnvironmentFile
        .Load("examples/awslegalpoc/beta.json", Checkout.Find().Root)
        .Environment!;

    private ImageSources Sources(LoadedEnvironment environment, DeliveryOptions options) => new(environment, options, _folder.Path);

    private IReadOnlyList<DeliveredImage> Read(DeliveryOptions options) => Sources(Beta, options).Read();

    private string Problem(DeliveryOptions options, LoadedEnvironment? environment = null)
    {
        OperationException problem = Assert.Throws<OperationException>(() => Sources(environment ?? Beta, options).Read())!;
        Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.BadInput));
        return $"{problem.Message}\n{problem.Remedy}";
    }
}
