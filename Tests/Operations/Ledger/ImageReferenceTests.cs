using Infra.Operations.Ledger;
using Infra.Operations.Output;
using NUnit.Framework;

namespace Infra.Tests.Operations.Ledger;

internal sealed class ImageReferenceTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    [Test]
    public void Parse_RepositoryAndDigest_GivesBoth() =>
        Assert.That(ImageReference.Parse($"111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/web@{Digest}"),
            Is.EqualTo(new ImageReference("111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/web", Digest, null)));

    [Test]
    public void Parse_OnlyDigest_GivesIt() => Assert.That(ImageReference.Parse(Digest), Is.EqualTo(new ImageReference(null, Digest, null)));

    [Test]
    public void Parse_Tag_GivesIt() => Assert.That(ImageReference.Parse("v1.4.0"), Is.EqualTo(new ImageReference(null, null, "v1.4.0")));

    [TestCase("acme/web:latest")]
    [TestCase("acme/web@sha256:abc")]
    [TestCase("acme/web@@sha256:abc")]
    [TestCase("")]
    public void Parse_AnythingElse_IsRefusedWithTheValidForms(string text) => Assert.That(
        () => ImageReference.Parse(text),
        Throws.InstanceOf<OperationException>().With.Property(nameof(OperationException.Remedy)).Contains("REPOSITORY@sha256:"));

    [Test]
    public void CommitOf_Tags_FindsTheGitSha()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ImageRegistry.CommitOf(new RegistryImage(Digest, ["v1.4.0", "0123abc"])), Is.EqualTo("0123abc"));
            Assert.That(ImageRegistry.CommitOf(new RegistryImage(Digest, ["v1.4.0"])), Is.Null);
        }
    }
}
