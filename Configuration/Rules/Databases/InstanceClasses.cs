using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Databases;

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
internal static class InstanceClasses
{
    // Sizes of a family, smallest first; families with the same largest size are listed together.
    private static readonly (string[] Families, string[] Sizes)[] Sold =
    [
        (["t3", "t4g"], ["micro", "small", "medium", "large", "xlarge", "2xlarge"]),
        (["m6g", "m6gd", "m7g", "r6g", "r6gd", "r7g", "x2g"], Large("12xlarge", "16xlarge")),
        (["m5", "m5d", "r5", "r5b", "r5d"], Large("12xlarge", "16xlarge", "24xlarge")),
        (["m6i", "m6id", "r6i", "r6id"], Large("12xlarge", "16xlarge", "24xlarge", "32xlarge")),
        (["m7i", "m8g", "m8gd", "r7i", "r8g", "r8gd"], Large("12xlarge", "16xlarge", "24xlarge", "48xlarge")),
    ];

    private static readonly string[] All =
        [.. from sold in Sold from family in sold.Families from size in sold.Sizes select $"db.{family}.{size}"];

    [Rule("databases/instance-class", "The instance class is one of RDS for PostgreSQL.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string path, _, DatabaseConfig database) in AllDatabases.Of(config))
            if (!All.Contains(database.InstanceClass))
                yield return new RuleViolation(
                    $"{path}.instanceClass",
                    $"{Scalars.Show(database.InstanceClass)} is not an instance class of RDS for "
                        + $"PostgreSQL{ClosestMatch.Hint(database.InstanceClass, All)}");
    }

    private static string[] Large(params string[] largest) => ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", .. largest];
}
