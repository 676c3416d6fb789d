using Infra.Insight;
using NUnit.Framework;

namespace Infra.Tests.Insight;

internal sealed class ContainerDefinitionsTests
{
    [Test]
    public void Parse_ExpressionsOutsideTexts_BecomeTexts()
    {
        var parsed = ContainerDefinitions.Parse("""
            [{"name":"web","image":${jsonencode(x == "none" ? "a{b}" : c)},"text":"a \" ${aws_lb.alb.arn} b","n":1}]
            """);

        Assert.Multiple(() =>
        {
            Assert.That((string?)parsed[0]["image"], Is.EqualTo("""${jsonencode(x == "none" ? "a{b}" : c)}"""));
            Assert.That((string?)parsed[0]["text"], Is.EqualTo("a \" ${aws_lb.alb.arn} b"));
            Assert.That((int?)parsed[0]["n"], Is.EqualTo(1));
        });
    }
}
