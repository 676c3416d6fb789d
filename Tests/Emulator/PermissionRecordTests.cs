using Infra.Insight;
using Infra.Insight.Permissions;
using Infra.Operations.Access;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// Permissions of all roles of all examples, compared with those that all other tests made the local AWS record. <c>./infra test</c> without a filter runs it after them.
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
        Assert.That(record, Is.Not.Null.And.Not.Empty, $"{Sandbox.RecordVariable} is not set; run ./infra test without a filter, which records first");
        AuthorizationRecord[] records = [.. AuthorizationRecord.ReadAll(record!)];
        Assert.That(records.Select(each => each.Role).Distinct(), Has.Member("tap-poc-infra-apply").And.Member("desk-stage-infra-release"), $"{record} is not the record of a full run");
        var granted =
            from example in Example.WithPipelines
            from stack in example.Deployment.Stacks
            from permission in GrantedPermission.Of(new StackJson(stack.Key, stack.Value.Json), example.Config.Account)
            select permission;
        _usage = PermissionUsage.Of(granted, records, UsedPermissionsCommand.Reasons(Checkout.Find().Root));
    }

    [Test]
    public void EveryPermission_IsUsedByATest_OrHasAReason() => Assert.That(
        _usage.Unexplained.Select(permission => $"{permission.Kind.RoleKind} {permission.Kind.Sid} {permission.Action}").Distinct().Order(), Is.Empty,
        $"use it in a test, take it away, or say in {UnusedPermissionReason.File} why it stays");

    [Test]
    public void EveryReason_IsAboutAnUnusedPermission() => Assert.That(
        _usage.StaleReasons.Select(reason => reason.ToString()), Is.Empty,
        $"remove it from {UnusedPermissionReason.File}: a test uses the permission, or it is gone");
}
