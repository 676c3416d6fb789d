using System.IO.Compression;
using Infra.Configuration.Model;
using Infra.Operations.Layers;
using Infra.Operations.Output;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Layers;

[Property("Row", "P1")]
internal sealed class LayerArtifactTests
{
    private static readonly LayerConfig Python = new() { Runtimes = ["python3.12"] };

    private TemporaryFolder _folder = null!;

    private string Zip => Path.Combine(_folder.Path, "out", "layer.zip");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test, Property("Row", "P5")]
    public void Pack_OfTheSameContent_IsByteIdentical()
    {
        _folder.Write("one/python/b.py", "b");
        _folder.Write("one/python/a.py", "a");
        _folder.Write("two/python/a.py", "a");
        _folder.Write("two/python/b.py", "b");
        _folder.Write("two/python/__pycache__/a.cpython-312.pyc", "left behind");
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "two/python/a.py"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        string[] hashes = [.. new[] { "one", "two" }.Select(folder =>
        {
            Assert.That(LayerArtifact.Pack(Path.Combine(_folder.Path, folder), Zip), Is.EqualTo(2));
            return LayerArtifact.Read(Zip, Python).Hash;
        })];

        Assert.That(hashes[0], Is.EqualTo(hashes[1]));
        using ZipArchive zip = ZipFile.OpenRead(Zip);
        Assert.Multiple(() =>
        {
            Assert.That(zip.Entries.Select(entry => entry.FullName), Is.EqualTo(new[] { "python/a.py", "python/b.py" }));
            Assert.That(zip.Entries.Select(entry => entry.LastWriteTime.DateTime), Is.All.EqualTo(new DateTime(1980, 1, 1)));
            Assert.That(zip.Entries.Select(entry => entry.ExternalAttributes >> 16 & 0x1FF), Is.All.EqualTo(Convert.ToInt32("644", 8)),
                "readable by the function's user");
        });
    }

    [Test]
    public void Pack_KeepsProgramsExecutable()
    {
        _folder.Write("one/bin/tool", "#!/bin/sh\n", executable: true);
        LayerArtifact.Pack(Path.Combine(_folder.Path, "one"), Zip);
        using ZipArchive zip = ZipFile.OpenRead(Zip);
        Assert.That(zip.Entries.Single().ExternalAttributes >> 16 & 0x1FF, Is.EqualTo(Convert.ToInt32("755", 8)));
    }

    [Test]
    public void Read_WhereFunctionsWouldFindNothing_IsBadInput()
    {
        _folder.Write("one/da_flask/__init__.py", "");
        LayerArtifact.Pack(Path.Combine(_folder.Path, "one"), Zip);

        Assert.That(
            Problem(() => LayerArtifact.Read(Zip, Python)),
            Is.EqualTo($"{Zip} has no files in python/, where a python3.12 function searches; its first entry is da_flask/__init__.py"));
        Assert.That(() => LayerArtifact.Read(Zip, new LayerConfig { Runtimes = ["provided.al2023"] }), Throws.Nothing);
    }

    [Test]
    public void Read_WhatIsNoZip_IsBadInput()
    {
        string text = _folder.Write("layer.zip", "words");
        Assert.Multiple(() =>
        {
            Assert.That(Problem(() => LayerArtifact.Read(text, Python)), Is.EqualTo($"{text} is not a zip file"));
            Assert.That(Problem(() => LayerArtifact.Read(text + ".gone", Python)), Is.EqualTo($"there is no artifact {text}.gone"));
        });
    }

    [Test]
    public void Pack_OfNothing_IsBadInput()
    {
        string empty = _folder.Folder("empty");
        Assert.Multiple(() =>
        {
            Assert.That(Problem(() => LayerArtifact.Pack(empty, Zip)), Is.EqualTo($"{empty} has no files"));
            Assert.That(Problem(() => LayerArtifact.Pack(empty + "er", Zip)), Is.EqualTo($"there is no folder {empty}er"));
        });
    }

    private static string Problem(Action action)
    {
        OperationException problem = Assert.Throws<OperationException>(action)!;
        Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.BadInput));
        return problem.Message;
    }
}
