using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
[Property("Row", "X7")]
public class AllowedLossesTests
{
    [TestCase("2020-01-31", true), TestCase("9999-12-31", false)]
    public void ExpiredEntry_IsAWarning_AndNoError(string until, bool expired)
    {
        EnvironmentConfig environment = Samples.Environment with
        {
            AllowDataLoss = [new AllowedLossConfig { Address = "aws_s3_bucket.files", Until = until, Reason = "no longer used" }],
        };
        string[] warnings =
        [
            .. AllRules.Check(Severity.Warning, environment).Where(warning => warning.Path == "allowDataLoss[0].until")
                .Select(warning => warning.Message),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(AllRules.Check(Severity.Error, environment), Is.Empty);
            Assert.That(warnings, Is.EqualTo(expired
                ? ["has passed, and the entry of aws_s3_bucket.files has no effect; remove it, or set a later date"]
                : Array.Empty<string>()));
        }
    }
}
