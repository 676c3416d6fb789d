using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// Permissions on Terraform's state: each role on the state keys and locks of its own environment only, not on those of other environments
/// or of the bootstrap stack.
/// </summary>
internal static class StatePermissions
{
    private static readonly string[] Locking = ["dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem"];

    /// <summary>For a plan: the states of the environment and their digests; no lock, because it plans with <c>-lock=false</c>.</summary>
    public static IEnumerable<Statement> Read(DeploymentContext context, string bucketArn, string lockTableArn)
    {
        string[] keys = Keys(context.Names);
        yield return List(bucketArn);
        yield return new Statement { Sid = "State", Actions = ["s3:GetObject"], Resources = [.. keys.Select(key => $"{bucketArn}/{key}")] };
        // Terraform compares the state with the digest in the lock table, and shows who holds a lock.
        yield return Items("LockTable", lockTableArn, ["dynamodb:GetItem"], StateLocks(context.Names, bucketArn));
    }

    /// <summary>For an apply: the states of the environment, their locks, and the locks for releases and for publishing layers.</summary>
    public static IEnumerable<Statement> Write(DeploymentContext context, string bucketArn, string lockTableArn)
    {
        string[] keys = Keys(context.Names);
        yield return List(bucketArn);
        yield return new Statement
        {
            Sid = "State",
            Actions = ["s3:GetObject", "s3:PutObject"],
            Resources = [.. keys.Concat(LockFiles(context.Names)).Select(key => $"{bucketArn}/{key}")],
        };
        yield return new Statement
        {
            Sid = "LockFile",
            Actions = ["s3:DeleteObject"],
            Resources = [.. keys.Select(key => $"{bucketArn}/{key}.tflock")],
        };
        yield return Items("LockTable", lockTableArn, Locking, [.. StateLocks(context.Names, bucketArn), context.Names.Lock("*")]);
    }

    /// <summary>For runtime of one environment: read base's state, write runtime's, and lock runtime's.</summary>
    /// <param name="context">The deployment.</param>
    /// <param name="bucketArn">Bucket of the state.</param>
    /// <param name="lockTableArn">Table of the locks.</param>
    /// <param name="locks">Further locks; may contain <c>*</c>.</param>
    public static IEnumerable<Statement> OfRuntime(DeploymentContext context, string bucketArn, string lockTableArn,
        params IEnumerable<string> locks)
    {
        string key = context.Names.StateKey(StackNames.Runtime);
        string lockId = $"{Name(bucketArn)}/{key}";
        yield return List(bucketArn);
        yield return new Statement
        {
            Sid = "BaseState",
            Actions = ["s3:GetObject"],
            Resources = [$"{bucketArn}/{context.Names.StateKey(StackNames.Base)}"]
        };
        yield return new Statement { Sid = "RuntimeState", Actions = ["s3:GetObject", "s3:PutObject"], Resources = [$"{bucketArn}/{key}"] };
        yield return Allow.ChangeObjects("LockFile", $"{bucketArn}/{key}.tflock");
        yield return Items("LockTable", lockTableArn, Locking, [lockId, $"{lockId}-md5", .. locks]);
    }

    /// <summary>
    /// Whatever a role may do to buckets and tables by their names, in the state bucket and the lock table it may only do this: list, read
    /// and write objects, acquire and release locks. The statements above say which objects and locks.
    /// </summary>
    public static Statement NothingElse(string bucketArn, string lockTableArn) => new()
    {
        Sid = "StateStays",
        Effect = "Deny",
        NotActions = [.. Locking, "s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
        Resources = [bucketArn, $"{bucketArn}/*", lockTableArn],
    };

    // One pattern matches a folder. Keys of another pattern may be next to those of other environments: each is listed.
    private static string[] Keys(Names names) =>
        names.HasStateFolder ? [names.StateKey("*")] : [names.StateKey(StackNames.Base), names.StateKey(StackNames.Runtime)];

    // A folder's pattern matches its lock files too.
    private static IEnumerable<string> LockFiles(Names names) => names.HasStateFolder ? [] : Keys(names).Select(key => $"{key}.tflock");

    // The locks, and with the suffix the digests.
    private static string[] StateLocks(Names names, string bucketArn) =>
    [
        .. Keys(names).SelectMany(key => names.HasStateFolder ? [key] : new[] { key, $"{key}-md5" })
            .Select(key => $"{Name(bucketArn)}/{key}"),
    ];

    private static Statement List(string bucketArn) => new() { Sid = "StateList", Actions = ["s3:ListBucket"], Resources = [bucketArn] };

    // DescribeTable has no item key, hence ForAllValues.
    private static Statement Items(string sid, string lockTableArn, IReadOnlyList<string> actions, IReadOnlyList<string> locks) => new()
    {
        Sid = sid,
        Actions = actions,
        Resources = [lockTableArn],
        Conditions = [new Condition("ForAllValues:StringLike", "dynamodb:LeadingKeys", locks)],
    };

    private static string Name(string bucketArn) => bucketArn.Split(":::")[^1];
}
