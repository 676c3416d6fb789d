using Infra.Configuration.Model;
using Infra.Operations.Layers;
using Infra.Operations.Output;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Layers;

[Property("Row", "P5")]
internal sealed class LayerFingerprintTests
{
    private static readonly LayerConfig Layer =
        new() { Runtimes = ["python3.12", "python3.13"], Sources = ["layers/**"], Description = "Flask" };

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Write()
    {
        _folder = new TemporaryFolder();
        _folder.Write("layers/a.py", "one");
        _folder.Write("layers/b.py", "two");
        _folder.Write("README.md", "words");
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    private string Of(LayerConfig layer, string artifact = "artifact") => LayerFingerprint.Of(layer, _folder.Path, artifact, []);

    [Test]
    public void Of_IsTheSame_WhateverElseChanges()
    {
        string before = Of(Layer);
        _folder.Write("README.md", "other words");
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "layers/a.py"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Multiple(() =>
        {
            Assert.That(Of(Layer), Is.EqualTo(before));
            Assert.That(Of(Layer, "another artifact of the same sources"), Is.EqualTo(before));
            Assert.That(Of(Layer with { Runtimes = ["python3.13", "python3.12"] }), Is.EqualTo(before), "order says nothing");
            Assert.That(Of(Layer with { KeepVersions = 3, SharedWith = ["222222222222"] }), Is.EqualTo(before), "no part of a version");
        });
    }

    [Test]
    public void Of_Differs_WithEachThingThatAVersionCannotChange()
    {
        var seen = new HashSet<string> { Of(Layer) };
        Assert.Multiple(() =>
        {
            Assert.That(seen.Add(Of(Layer with { Runtimes = ["python3.12"] })), "runtimes");
            Assert.That(seen.Add(Of(Layer with { Architectures = [CpuArchitecture.Arm64] })), "architectures");
            Assert.That(seen.Add(Of(Layer with { License = "MIT" })), "license");
            Assert.That(seen.Add(Of(Layer with { Description = "other" })), "description");
            _folder.Write("layers/a.py", "three");
            Assert.That(seen.Add(Of(Layer)), "content");
            File.Move(Path.Combine(_folder.Path, "layers/a.py"), Path.Combine(_folder.Path, "layers/c.py"));
            Assert.That(seen.Add(Of(Layer)), "name of a file");
            _folder.Write("layers/d.py", "");
            Assert.That(seen.Add(Of(Layer)), "an empty file more");
        });
    }

    [Test]
    public void Of_WithoutSources_IsTheArtifact() =>
        Assert.That(Of(Layer with { Sources = [] }, "one"), Is.Not.EqualTo(Of(Layer with { Sources = [] }, "two")));

    [Test]
    public void Of_MissingSources_IsBadInput()
    {
        OperationException? problem = Assert.Throws<OperationException>(() => Of(Layer with { Sources = ["layers/**", "layer/**"] }));
        Assert.That((problem!.ExitCode, problem.Message, problem.Remedy), Is.EqualTo((
            ExitCode.BadInput,
            $"no file in {_folder.Path} matches layer/**, which is a source of the layer",
            "fix \"sources\" in the environment file, or pass --root DIR with the repository that contains them")));
    }

    [Test, Property("Row", "P1")]
    public void Describe_FitsWhatLambdaTakes_AndIsReadBack()
    {
        string fingerprint = Of(Layer);
        string longest = LayerFingerprint.Describe(Layer with { Description = new string('x', 160) }, fingerprint);

        Assert.Multiple(() =>
        {
            Assert.That(
                longest, Has.Length.LessThanOrEqualTo(256), "https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html");
            Assert.That(LayerFingerprint.In(longest), Is.EqualTo(fingerprint));
            Assert.That(LayerFingerprint.Describe(Layer, fingerprint), Is.EqualTo($"Flask [sources sha256:{fingerprint}]"));
            Assert.That(LayerFingerprint.In("published by hand"), Is.Null);
        });
    }
}
