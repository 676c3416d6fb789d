namespace Infra.Operations.Trial.Runs;

/// <summary>An assumption of the emulator that a trial on AWS checks.</summary>
/// <param name="Id">ID, for reports: <c>ecs-rollback</c>.</param>
/// <param name="Text">What the emulator assumes.</param>
/// <param name="Source">Documentation of AWS, or of the provider.</param>
/// <param name="Check">How the trial checks it.</param>
internal sealed record Assumption(string Id, string Text, string Source, string Check)
{
    public static Assumption PlanAfterApply { get; } = new(
        "plan-after-apply", "After an apply the provider reads the applied values: the next plan shows no changes.",
        "https://developer.hashicorp.com/terraform/cli/commands/plan",
        "a plan of base and runtime after the deployment and after a wake has no changes");

    public static Assumption TemporaryFolder { get; } = new(
        "tmp-writable", "A task with a read-only root file system and a user other than root can write to /tmp.",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html",
        "the released image responds to its health check with 500 if it cannot write to /tmp");

    public static Assumption Rollback { get; } = new(
        "ecs-rollback",
        "A deployment whose tasks do not start is rolled back by the circuit breaker: the PRIMARY deployment runs the previous task "
            + "definition.",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
        "an image that exits immediately is released; the service then runs the previous image, and ECS's events say that the "
            + "deployment failed");

    public static Assumption PortChange { get; } = new(
        "port-change", "A service's port can be changed while its target group is in use.",
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html",
        "the port is changed and deployed");

    public static Assumption Wake { get; } = new(
        "wake", "Runtime can be recreated with the same names, minutes after it was destroyed.",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
        "sleep, then wake; services run and the plan has no changes");

    public static Assumption ScheduleBuild { get; } = new(
        "schedule-build", "The build of the schedule has the permissions and programs that it needs.",
        "https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html",
        "runtime is woken by the CodeBuild project, with its own role");

    public static Assumption BackupJobs { get; } = new(
        "backup-copy", "The backup role may back up resources with data and copy the backups to another region.",
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
        "a backup job and a copy job of the bucket, and of the database, complete");

    public static Assumption ResourceId { get; } = new(
        "rds-resource-id",
        "A renamed DB instance keeps its DBI resource ID, and an import by identifier gets the ID of the instance that has the "
            + "identifier now.",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RenameInstance.html",
        "IDs before and after the restore, and the one in Terraform's state");

    public static Assumption HostName { get; } = new(
        "rds-host-name", "The host name follows the identifier: a restored instance that is renamed to it has the same address.",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RenameInstance.html", "address before and after the restore");

    public static Assumption ManagedPassword { get; } = new(
        "rds-managed-password",
        "A restored instance has no managed password until it is enabled, and enabling it again keeps the secret.",
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
        "the secret is active after the deployment that ends the restore, and the plan has no changes");

    public static Assumption NothingLeft { get; } = new(
        "nothing-left", "Destroying runtime, base and bootstrap leaves no resources with the project's tag.",
        "https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html",
        "resources with the tag after the trial");

    /// <summary>All of them, in the order of the steps.</summary>
    public static IReadOnlyList<Assumption> All { get; } =
    [
        PlanAfterApply, TemporaryFolder, Rollback, PortChange, Wake, ScheduleBuild, BackupJobs, ResourceId, HostName, ManagedPassword,
        NothingLeft,
    ];
}

/// <summary>Whether an assumption held.</summary>
internal enum Verdict
{
    /// <summary>It was not checked.</summary>
    NotChecked,

    /// <summary>It held.</summary>
    Held,

    /// <summary>It did not hold.</summary>
    DidNotHold,
}
