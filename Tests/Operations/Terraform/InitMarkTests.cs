using Infra.Operations.Terraform;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class InitMarkTests
{
    private TemporaryFolder _folder = null!;

    private InitMark Mark => new(_folder.Path, Path.Combine(_folder.Path, "terraform.rc"), new Version(1, 11, 4));

    private string Providers =>
        Path.Combine(_folder.Path, ".terraform", "providers", "registry.terraform.io", "hashicorp", "aws", "5.100.0");

    [SetUp]
    public void InitSucceeded()
    {
        _folder = new TemporaryFolder();
        _folder.Write("cdk.tf.json", """{ "terraform": { "backend": { "s3": { "key": "a" } } }, "resource": {} }""");
        _folder.Write(ProviderLock.FileInStack, "lock");
        _folder.Write("terraform.rc", "mirror");
        _folder.Write(".terraform/terraform.tfstate", "{}");
        _folder.Write("mirror/provider", "");
        Directory.CreateDirectory(Providers);
        Directory.CreateSymbolicLink(Path.Combine(Providers, "linux_amd64"), Path.Combine(_folder.Path, "mirror"));
        Mark.Set();
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void SameBackendAndProvider_IsCurrent_WhateverTheResources()
    {
        _folder.Write("cdk.tf.json", """{ "terraform": { "backend": { "s3": { "key": "a" } } }, "resource": { "aws_vpc": {} } }""");
        Assert.That(Mark.IsCurrent(), Is.True);
    }

    [TestCase("cdk.tf.json", """{ "terraform": { "backend": { "s3": { "key": "b" } } } }""")]
    [TestCase("backend_override.tf.json", """{ "terraform": { "backend": { "local": {} } } }""")]
    [TestCase(ProviderLock.FileInStack, "another lock")]
    [TestCase("terraform.rc", "another mirror")]
    public void ChangedSince_IsNotCurrent(string file, string content)
    {
        _folder.Write(file, content);
        Assert.That(Mark.IsCurrent(), Is.False);
    }

    [Test]
    public void AnotherTerraform_IsNotCurrent() =>
        Assert.That(new InitMark(_folder.Path, Path.Combine(_folder.Path, "terraform.rc"), new Version(1, 12, 0)).IsCurrent(), Is.False);

    [Test]
    public void BackendForgotten_IsNotCurrent()
    {
        File.Delete(Path.Combine(_folder.Path, ".terraform", "terraform.tfstate"));
        Assert.That(Mark.IsCurrent(), Is.False);
    }

    [Test]
    public void ProviderGone_IsNotCurrent()
    {
        Directory.Delete(Path.Combine(_folder.Path, "mirror"), recursive: true);
        Assert.That(Mark.IsCurrent(), Is.False);
    }

    [Test]
    public void Cleared_IsNotCurrent()
    {
        Mark.Clear();
        Assert.That(Mark.IsCurrent(), Is.False);
    }
}
