using Infra.Configuration.Model;
using Infra.Operations.Layers;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using NUnit.Framework;

namespace Infra.Tests.Operations.Layers;

/// <summary>Submodules of a repository that Git creates for the test, fetched from a folder instead of over SSH.</summary>
[Property("Row", "P-L3")]
internal sealed class SubmodulesTests
{
    private static readonly LayerConfig Layer = new()
    {
        Runtimes = ["python3.10"],
        Content = new Dictionary<string, string> { ["python"] = "frameworks/da_flask/src" },
    };

    private SubmoduleRepository _repository = null!;

    [SetUp]
    public async Task CreateAsync() => _repository = await SubmoduleRepository.CreateAsync(
        "frameworks/da_flask", framework => framework.Write("src/da_flask/__init__.py", "__version__ = \"1\"\n"));

    [TearDown]
    public void Remove() => _repository.Dispose();

    private async Task<string> FingerprintAsync() => LayerFingerprint.Of(Layer, _repository.Root, "artifact", await OfAsync());

    private async Task<IReadOnlyList<Submodule>> OfAsync()
    {
        using var interruption = new Interruption();
        return await Submodules.OfAsync(
            new ProcessRunner(interruption, EnvironmentVariables.OfThisProcess()), _repository.Root, LayerFingerprint.FoldersOf(Layer));
    }

    [Test]
    public async Task Of_IsTheSubmoduleWithTheSources_AtItsCommit()
    {
        Submodule submodule = (await OfAsync()).Single();
        Assert.That((submodule.Path, submodule.Commit), Is.EqualTo(("frameworks/da_flask", await _repository.CommitAsync())));
    }

    [Test]
    public async Task MovedSubmodule_IsAChange_WhateverItChanges()
    {
        string before = await FingerprintAsync();
        Assert.That(await FingerprintAsync(), Is.EqualTo(before), "the same commit is no change");

        await _repository.MoveAsync(framework => framework.Write("README.md", "Not in the layer\n"));

        Assert.That(await FingerprintAsync(), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task SubmoduleThatIsNotUpdated_IsAFinding()
    {
        string old = await _repository.CommitAsync();
        await _repository.MoveAsync(framework => framework.Write("src/da_flask/__init__.py", "__version__ = \"2\"\n"));
        string named = await _repository.CommitAsync();
        await _repository.CheckOutAsync(old);

        OperationException finding = Assert.ThrowsAsync<OperationException>(OfAsync)!;
        Assert.Multiple(() =>
        {
            Assert.That(finding.Message, Is.EqualTo(
                $"submodule frameworks/da_flask is checked out at {old[..7]}, but the repository names {named[..7]}"));
            Assert.That(finding.Remedy, Does.StartWith("git submodule update --init frameworks/da_flask;"));
        });
    }

    [Test]
    public void SubmoduleThatIsNotCheckedOut_IsAFinding()
    {
        File.Delete(Path.Combine(_repository.Root, "frameworks", "da_flask", ".git"));
        Assert.That(
            OfAsync, Throws.InstanceOf<OperationException>().With.Message.EqualTo("submodule frameworks/da_flask is not checked out"));
    }
}
