using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>A minimal environment file creates a network with secure defaults.</summary>
internal sealed class MinimalTests
{
    [Test, Property("Row", "S1")]
    public void Network_IsClosedAndRecorded()
    {
        SynthesizedStack @base = Variants.Minimal.Value.Base;

        Assert.Multiple(() =>
        {
            Assert.That(@base.Ids("aws_default_security_group"), Has.Count.EqualTo(1));
            Assert.That(@base.Ids("aws_flow_log"), Has.Count.EqualTo(1));
            Assert.That(@base.Ids("aws_subnet"), Has.Count.EqualTo(4));
        });
    }

    [Test]
    public void WithoutServices_NothingServes()
    {
        SynthesizedStack runtime = Variants.Minimal.Value.Runtime;

        Assert.That(
            runtime.Addresses(), Is.EqualTo(new[] { "aws_eip.nat-a", "aws_nat_gateway.nat-a", "aws_route.out-a", "aws_route.out-b" }));
    }

    [Test, Property("Row", "S10"), Property("Row", "S15")]
    public void WithoutGitHub_NoPrincipalIsTrusted()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Variants.Minimal.Value.Bootstrap.Ids("aws_iam_role"), Is.Empty);
            Assert.That(Variants.Minimal.Value.Bootstrap.Ids("aws_iam_openid_connect_provider"), Is.Empty);
            Assert.That(Variants.Minimal.Value.Bootstrap.Ids("aws_iam_policy"), Is.EqualTo(new[] { "boundary" }));
            Assert.That(Variants.Minimal.Value.Base.Ids("aws_iam_role"), Is.EqualTo(new[] { "flow-logs-role" }));
        });
    }
}
