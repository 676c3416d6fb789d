using Newtonsoft.Json.Linq;

namespace Infra.Insight.Targets;

/// <summary>Time to recover from one loss: commands measured in a drill on the local AWS, and AWS's own time.</summary>
/// <param name="Lost">What was lost.</param>
/// <param name="Test">Test that is the drill.</param>
/// <param name="Commands">Time of the commands in the drill, on the local AWS.</param>
/// <param name="Aws">Time that AWS takes in addition.</param>
/// <param name="AwsPart">What AWS does in that time.</param>
public sealed record Recovery(string Lost, string Test, TimeSpan Commands, TimeSpan Aws, string AwsPart)
{
    private static readonly JObject Json = EmbeddedJson.Read("drills.json");

    /// <summary>Day on which the drills were measured.</summary>
    public static string Measured { get; } = (string)Json["measured"]!;

    /// <summary>All drills, without AWS's time.</summary>
    public static IReadOnlyList<Recovery> Drills { get; } =
        [.. ((JObject)Json["drills"]!).Properties().Select(drill => Drill(drill.Name, TimeSpan.Zero, ""))];

    public TimeSpan Total => Commands + Aws;

    /// <param name="stacks">Base and runtime.</param>
    /// <param name="slow">Whether every step of AWS takes as long as in a slow case.</param>
    public static IReadOnlyList<Recovery> Of(IReadOnlyList<StackJson> stacks, bool slow)
    {
        StackJson runtime = stacks.Single(stack => stack.Name == "runtime");
        StackElement? database = stacks.Single(stack => stack.Name == "base").Resources
            .FirstOrDefault(resource => resource.Type == "aws_db_instance");
        TimeSpan runtimeTime = CriticalPath.Of(runtime, slow).Total;
        var all = new List<Recovery>
        {
            Drill("runtime", runtimeTime, "critical path of runtime"),
            Drill("state", TimeSpan.Zero, "nothing"),
            Drill("lock", TimeSpan.Zero, "nothing"),
        };
        if (database is not null)
            all.Add(Drill(
                "database", CriticalPath.TimeOf(stacks.Single(stack => stack.Name == "base"), database, slow),
                "a restored instance becomes available; longer for more than 20 GiB"));
        return all;
    }

    private static Recovery Drill(string id, TimeSpan aws, string part)
    {
        JToken drill = Json["drills"]![id]!;
        return new Recovery((string)drill["lost"]!, (string)drill["test"]!, TimeSpan.FromSeconds((int)drill["seconds"]!), aws, part);
    }
}
