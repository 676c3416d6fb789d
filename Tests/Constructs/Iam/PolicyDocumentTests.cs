using Infra.Constructs.Iam;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Iam;

internal sealed class PolicyDocumentTests
{
    [Test]
    public void ToJson_WritesOneAsTextAndManyAsAList()
    {
        var policy = new PolicyDocument(new Statement
        {
            Sid = "Files",
            Actions = ["s3:GetObject", "s3:PutObject"],
            Resources = ["arn:aws:s3:::acme-files/*"],
            Principal = new Principal("AWS", "arn:aws:iam::111111111111:root"),
            Conditions =
                [new Condition("StringEquals", "aws:SourceAccount", "111111111111"),
                    new Condition("StringEquals", "aws:RequestedRegion", "us-east-2", "us-east-1")],
        });

        var expected = JObject.Parse("""
            {
              "Version": "2012-10-17",
              "Statement": [{
                "Sid": "Files", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111111111111:root" },
                "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::acme-files/*",
                "Condition": { "StringEquals": { "aws:SourceAccount": "111111111111", "aws:RequestedRegion": ["us-east-2", "us-east-1"] } }
              }]
            }
            """);
        Assert.That(JObject.Parse(policy.ToJson()), Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }
}
