using Infra.Constructs.Monitoring;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Monitoring;

internal sealed class LogGroupTests
{
    [Test, Property("Row", "S12"), Property("Row", "T9")]
    public void Group_HasARetention()
    {
        var context = SynthesizedStack.Context();
        JObject group = SynthesizedStack.Of(stack =>
            _ = new LogGroup(stack, "backend", new LogGroupProps(context, context.Names.ServiceLogGroup("backend"), RetentionDays: 30)))
            .Resource("aws_cloudwatch_log_group", "backend");

        Assert.Multiple(() =>
        {
            Assert.That((string?)group["name"], Is.EqualTo("/ecs/acme-dev-backend"));
            Assert.That((int?)group["retention_in_days"], Is.EqualTo(30));
        });
    }
}
