using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
[Property("Finding", "A11")]
public class AccountChecksTests
{
    [TestCase(true, null, 0), TestCase(true, true, 0), TestCase(true, false, 1), TestCase(false, false, 0)]
    public void SecurityHub_WithoutAConfigRecorder_IsAWarning(bool hub, bool? recorder, int expected)
    {
        EnvironmentConfig environment = Samples.Environment with
        {
            Security = new SecurityConfig
            {
                Account = new AccountSecurityConfig
                {
                    ConfigRecorder = recorder,
                    SecurityHub = hub ? ["cis-aws-foundations-benchmark/v/3.0.0"] : [],
                },
            },
        };

        string[] warnings =
            [.. AllRules.Check(Severity.Warning, environment).Where(warning => warning.Path == "security.account.configRecorder")
                .Select(warning => warning.Message)];

        Assert.That(warnings, Has.Length.EqualTo(expected).And.All.Contains("most of their controls find nothing"));
    }
}
