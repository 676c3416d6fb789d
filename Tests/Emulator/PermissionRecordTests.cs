using Infra.Insight;
using Infra.Insight.Permissions;
using Infra.Operations.Access;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// Compares the permissions of all roles of all examples with those that the local AWS recorded in all other tests.
/// <c>./infra test</c> without a filter runs it after them.
/// </summary>
[TestFixture]
[Category("Emulator"), Category("Record")]
internal sealed class PermissionRecordTests
{
    private PermissionUsage _usage = null!;

    [OneTimeSetUp]
    public void Compare()
    {
        string? record = Environment.GetEnvironmentVariable(Sandbox.RecordVariable);
        Assert.That(record, Is.Not.Null.And.Not.Empty,
            $"{Sandbox.RecordVariable} is not set; run ./infra test without a filter, which records first");
        AuthorizationRecord[] records = [.. AuthorizationRecord.ReadAll(record!)];
        Assert.That(records.Select(each => each.Role).Distinct(), Has.Member("tap-infra-apply").And.Member("desk-stage-infra-release"),
            $"{record} is not the record of a full run");
        var granted =
            from example in Example.WithPipelines
            from stack in example.Deployment.Stacks
            from permission in GrantedPermission.Of(new StackJson(stack.Key, stack.Value.Json), example.Config.Account)
            select permission;
        _usage = PermissionUsage.Of(granted, records, UsedPermissionsCommand.Reasons(Checkout.Find().Root));
    }

    [Test]
    public void EveryPermission_IsUsedByATest_OrHasAReason() => Assert.That(
        _usage.Unexplained.Select(permission => $"{permission.Kind.RoleKind} {permission.Kind.Sid} {permission.Action}").Distinct().Order(),
        Is.Empty,
        $"use it in a test, remove it, or add a reason to {UnusedPermissionReason.File}");

    [Test]
    public void EveryReason_IsAboutAnUnusedPermission() => Assert.That(
        _usage.StaleReasons.Select(reason => reason.ToString()), Is.Empty,
        $"remove it from {UnusedPermissionReason.File}: a test uses the permission, or it no longer exists");
}
