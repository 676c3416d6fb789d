using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>Tests of the class through which other tests read plans and states.</summary>
internal sealed class AppliedStackTests
{
    private static readonly AppliedStack s_stack = new(
        JObject.Parse("""
            { "resource_changes": [
              { "address": "aws_vpc.vpc", "change": { "actions": ["create"], "after": { "cidr_block": "10.0.0.0/16" } } },
              { "address": "aws_eip.old", "change": { "actions": ["no-op"], "after": {} } } ] }
            """),
        JObject.Parse("""
            { "outputs": { "vpc_id": { "value": "vpc-1" } },
              "resources": [
                { "mode": "managed", "type": "aws_vpc", "name": "vpc", "instances": [{ "attributes": { "id": "vpc-1" } }] },
                { "mode": "managed", "type": "aws_eip", "name": "old", "instances": [{ "attributes": { "id": "eip-1" } }] },
                { "mode": "managed", "type": "aws_subnet", "name": "each", "instances": [{ "index_key": "a", "attributes": {} }, { "index_key": "b", "attributes": {} }] },
                { "mode": "data", "type": "aws_ami", "name": "vpc", "instances": [{ "attributes": { "id": "ami-1" } }] } ] }
            """));

    [Test]
    public void Resource_IsWhatTheStateSays() => Assert.Multiple(() =>
    {
        Assert.That((string?)s_stack.Resource("aws_vpc", "vpc")["id"], Is.EqualTo("vpc-1"));
        Assert.That((string?)s_stack.Data("aws_ami", "vpc")["id"], Is.EqualTo("ami-1"));
        Assert.That((string?)s_stack.Planned("aws_vpc", "vpc")["cidr_block"], Is.EqualTo("10.0.0.0/16"));
        Assert.That((string?)s_stack.Output("vpc_id"), Is.EqualTo("vpc-1"));
        Assert.That(s_stack.Ids("aws_subnet"), Is.EqualTo(new[] { "each[\"a\"]", "each[\"b\"]" }));
    });

    [Test]
    public void MissingElement_Fails() => Assert.Multiple(() =>
    {
        Assert.That(() => s_stack.Resource("aws_vpc", "other"), Throws.TypeOf<AssertionException>().With.Message.Contains("aws_vpc.vpc"));
        Assert.That(() => s_stack.Planned("aws_vpc", "other"), Throws.TypeOf<AssertionException>());
        Assert.That(() => s_stack.Output("subnet_id"), Throws.TypeOf<AssertionException>().With.Message.Contains("vpc_id"));
    });

    [Test]
    public void Resource_ThatThePlanDoesNotCreate_Fails() =>
        Assert.That(
            () => { using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext()) s_stack.Resource("aws_eip", "old"); },
            Throws.TypeOf<AssertionException>());
}
