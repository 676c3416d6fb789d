using Infra.Constructs.Secrets;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Secrets;

internal sealed class ParameterTests
{
    private static JObject Synthesize() => SynthesizedStack.Of(stack =>
        _ = new Parameter(stack, "level", new ParameterProps(SynthesizedStack.Context(), "log/level", "info")))
        .Resource("aws_ssm_parameter", "level");

    [Test, Property("Row", "D4")]
    public void Parameter_CanBeReviewedInAPlan()
    {
        JObject parameter = Synthesize();

        Assert.Multiple(() =>
        {
            Assert.That((string?)parameter["name"], Is.EqualTo("/dev/acme/log/level"));
            Assert.That((string?)parameter["type"], Is.EqualTo("String"));
            Assert.That((string?)parameter["insecure_value"], Is.EqualTo("info"));
        });
    }
}
