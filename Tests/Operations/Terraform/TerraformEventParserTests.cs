using Infra.Operations.Terraform;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

/// <summary>Lines are Terraform 1.11.4's own.</summary>
internal sealed class TerraformEventParserTests
{
    [Test]
    public void Parse_ApplyComplete_HasAddressActionAndTime() => Assert.That(
        TerraformEventParser.Parse(
            """{"@level":"info","@message":"aws_lb.alb: Creation complete after 1m0s [id=x]","hook":{"resource":{"addr":"aws_lb.alb"},"action":"create","id_key":"id","id_value":"x","elapsed_seconds":60},"type":"apply_complete"}"""),
        Is.EqualTo(new TerraformEvent.Completed("aws_lb.alb", "create", TimeSpan.FromMinutes(1))));

    [Test]
    public void Parse_ChangeSummary_HasCountsAndOperation() => Assert.That(
        TerraformEventParser.Parse(
            """{"@level":"info","@message":"Apply complete!","changes":{"add":3,"change":2,"import":0,"remove":1,"operation":"apply"},"type":"change_summary"}"""),
        Is.EqualTo(new TerraformEvent.Summary(new ChangeCounts(3, 2, 1), "apply")));

    [Test]
    public void Parse_Diagnostic_HasSeverityTextAndResource()
    {
        TerraformEvent? parsed = TerraformEventParser.Parse(
            """{"@level":"error","@message":"Error: Instance cannot be destroyed","diagnostic":{"severity":"error","summary":"Instance cannot be destroyed","detail":"Resource aws_s3_bucket.data has lifecycle.prevent_destroy set","address":"aws_s3_bucket.data"},"type":"diagnostic"}""");
        Assert.That(parsed, Is.EqualTo(new TerraformEvent.Diagnosed(
            new Diagnostic(true, "Instance cannot be destroyed", "Resource aws_s3_bucket.data has lifecycle.prevent_destroy set",
                "aws_s3_bucket.data"))));
    }

    [Test]
    public void Parse_StateLock_IsWaiting() => Assert.That(
        TerraformEventParser.Parse(
            """{"@level":"info","@message":"Acquiring state lock. This may take a few moments...","type":"state_lock_acquire"}"""),
        Is.InstanceOf<TerraformEvent.WaitingForLock>());

    [Test]
    public void Parse_Log_IsItsMessage() => Assert.That(
        TerraformEventParser.Parse("""{"@level":"info","@message":"\nInterrupt received.\n","type":"log"}"""),
        Is.EqualTo(new TerraformEvent.Message("Interrupt received.")));

    [TestCase("panic: runtime error")]
    [TestCase("{ torn")]
    [TestCase("[1]")]
    public void Parse_NoMessageOfTerraforms_IsShownAsItIs(string line) =>
        Assert.That(TerraformEventParser.Parse(line), Is.EqualTo(new TerraformEvent.Message(line)));

    [TestCase("")]
    [TestCase("""{"type":"version","terraform":"1.11.4"}""")]
    [TestCase("{}")]
    public void Parse_NothingThatMatters_IsNull(string line) => Assert.That(TerraformEventParser.Parse(line), Is.Null);
}
