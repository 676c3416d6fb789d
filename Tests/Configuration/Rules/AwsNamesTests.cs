using Infra.Configuration.Model;
using Infra.Configuration.Rules.Naming;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
public class AwsNamesTests
{
    [Test]
    public void Check_AnEnvironmentNamedAws_CannotHaveParameters() =>
        Assert.That(
            AwsNames.Check(
                Samples.Environment with
                {
                    Name = "aws",
                    Services = new Dictionary<string, ServiceConfig> { ["web"] = new() { Port = 80 } }
                })
                .Select(p => $"{p.Path}  {p.Message}"),
            Is.EqualTo(new[]
            {
                "services.web  the SSM parameter would be called \"/aws/shop/releases/web\", which is not what AWS allows: up to 15 "
                    + "levels of letters, digits and _.-, not starting with /aws or /ssm",
            }));

    [Test]
    public void Check_TheLongestNamesThatFilesMayHave_FitWhereTheyAreShortened()
    {
        EnvironmentConfig config = Samples.Environment with
        {
            Project = "abcdefghijklmnopqrstuvwx",
            Name = "abcdefghijklmnop",
            Services = new Dictionary<string, ServiceConfig> { ["abcdefghijklmnopqrstuvwxyzabcdef"] = new() { Port = 80 } },
            Tables = new Dictionary<string, TableConfig> { ["abcdefghijklmnopqrstuvwxyzabcdef"] = new() { PartitionKey = "pk:S" } },
            Database = new DatabaseConfig(),
            Identity = new IdentityConfig { CallbackUrls = ["https://example.com"] },
        };

        Assert.That(AwsNames.Check(config), Is.Empty);
    }

    [TestCase(8, true)]
    [TestCase(9, false)]
    public void Check_ABucketName_FitsToTheCharacter(int purposeLength, bool fits)
    {
        // {project}-{purpose}-{env}-{account} is 24 + 1 + 8 + 1 + 16 + 1 + 12 = 63 characters.
        EnvironmentConfig config = Samples.Environment with
        {
            Project = "abcdefghijklmnopqrstuvwx",
            Name = "abcdefghijklmnop",
            Buckets = new Dictionary<string, BucketConfig> { [new string('b', purposeLength)] = new() },
        };

        Assert.That(AwsNames.Check(config).Count(), Is.EqualTo(fits ? 0 : 1));
    }
}
