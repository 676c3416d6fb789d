using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>
/// Instance classes of RDS for PostgreSQL.
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
/// </summary>
internal static class InstanceClasses
{
    private static readonly string[] Burstable = ["micro", "small", "medium", "large", "xlarge", "2xlarge"];
    private static readonly string[] Large = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"];

    private static readonly string[] All =
    [
        .. from family in new[] { "t3", "t4g" } from size in Burstable select $"db.{family}.{size}",
        .. from family in new[]
           {
               "m5", "m5d", "m6g", "m6gd", "m6i", "m6id", "m7g", "m7i", "m8g", "m8gd",
               "r5", "r5b", "r5d", "r6g", "r6gd", "r6i", "r6id", "r7g", "r7i", "r8g", "r8gd", "x2g",
           }
           from size in Large
           select $"db.{family}.{size}",
    ];

    // Sizes that only newer Intel generations have.
    private static readonly string[] Largest = ["32xlarge", "48xlarge"];

    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        if (config.Database is not { } database || All.Contains(database.InstanceClass) || IsLargest(database.InstanceClass))
            yield break;
        yield return new Problem(
            "database.instanceClass", $"{Scalars.Show(database.InstanceClass)} is not an instance class of RDS for PostgreSQL{Nearest.Hint(database.InstanceClass, All)}");
    }

    private static bool IsLargest(string instanceClass) =>
        instanceClass.LastIndexOf('.') is > 0 and var dot
        && Largest.Contains(instanceClass[(dot + 1)..])
        && All.Contains($"{instanceClass[..dot]}.24xlarge");
}
