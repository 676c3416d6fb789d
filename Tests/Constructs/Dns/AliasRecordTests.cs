using Infra.Constructs.Dns;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Dns;

internal sealed class AliasRecordTests
{
    [Test, Property("Row", "D5"), Property("Row", "T2")]
    public void Host_PointsToTheLoadBalancer_WhileItIsHealthy()
    {
        SynthesizedStack stack = SynthesizedStack.Of(s => _ = new AliasRecord(s, "host-api", new AliasRecordProps
        {
            ZoneId = "Z1",
            HostName = "api.example.com",
            TargetName = "alb.amazonaws.com",
            TargetZoneId = "Z2",
            EvaluateTargetHealth = true,
            IPv6 = false,
        }));

        JObject record = stack.Single("aws_route53_record");
        var expected = JObject.Parse("""
            {
              "zone_id": "Z1", "name": "api.example.com", "type": "A",
              "alias": { "name": "alb.amazonaws.com", "zone_id": "Z2", "evaluate_target_health": true }
            }
            """);
        Assert.That(CanonicalJson.Order(record), Is.EqualTo(CanonicalJson.Order(expected)).Using(JToken.EqualityComparer));
    }
}
