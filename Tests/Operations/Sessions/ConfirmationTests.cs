using Infra.Configuration.Model;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Targets;

internal sealed class ConfirmationTests
{
    private TemporaryFolder _folder = null!;
    private int _asked;

    [SetUp]
    public void SetUp()
    {
        _asked = 0;
        _folder = new TemporaryFolder();
        _folder.Write("stacks/runtime/cdk.tf.json", "{}");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Deploy_NotProduction_AsksNothing()
    {
        await ReviewAsync(Environment(production: false), Plan());
        Assert.That(_asked, Is.Zero);
    }

    [Test]
    [Property("Row", "L2")]
    public async Task Deploy_ProductionAndItsNameIsTyped_Continues()
    {
        await ReviewAsync(Environment(production: true), Plan(), answer: "prod");
        Assert.That(_asked, Is.EqualTo(1));
    }

    [TestCase("y")]
    [TestCase("")]
    [TestCase("Prod")]
    public void Deploy_ProductionAndSomethingElseIsTyped_Stops(string answer)
    {
        OperationException failure =
            Assert.ThrowsAsync<OperationException>(() => ReviewAsync(Environment(production: true), Plan(), answer: answer))!;
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.BadInput));
    }

    [Test]
    public async Task Deploy_ProductionWithYes_AsksNothing()
    {
        await ReviewAsync(Environment(production: true), Plan(), yes: true);
        Assert.That(_asked, Is.Zero);
    }

    [Test]
    public void Deploy_ProductionWithoutAPrompt_StopsAndNamesYes()
    {
        OperationException failure =
            Assert.ThrowsAsync<OperationException>(() => ReviewAsync(Environment(production: true), Plan(), canAsk: false))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Remedy, Does.Contain("--yes"));
            Assert.That(_asked, Is.Zero);
        }
    }

    [Test]
    public async Task Deploy_ProductionWithoutChanges_AsksNothing()
    {
        await ReviewAsync(Environment(production: true), Plan() with { HasChanges = false });
        Assert.That(_asked, Is.Zero);
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task Destroy_AsksUnlessDisposable(bool disposable, int asked)
    {
        await ReviewAsync(Environment(production: false) with { Disposable = disposable }, Plan() with { Destroys = true }, answer: "prod");
        Assert.That(_asked, Is.EqualTo(asked));
    }

    [Test, Property("Finding", "U29")]
    public void Destroy_OfAStackWithoutData_DoesNotSayThatItHoldsData()
    {
        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => ReviewAsync(Environment(production: false), Plan() with { Destroys = true }, canAsk: false))!;
        Assert.That(failure.Message, Is.EqualTo("prod is not disposable and a confirmation is required; nothing was changed"));
    }

    private static EnvironmentConfig Environment(bool production) =>
        new() { Name = "prod", Project = "tap", Account = "111111111111", Region = "us-east-1", Production = production };

    private StackPlan Plan() => new(
        StackFolder.Open(_folder.Path, "runtime"), "plan", Destroys: false, HasChanges: true, PlanContents.Empty,
        new ChangeCounts(1, 0, 0));

    private Task ReviewAsync(EnvironmentConfig environment, StackPlan plan, bool yes = false, bool canAsk = true, string answer = "")
    {
        Task<string> Ask(string question, CancellationToken cancellation)
        {
            _asked++;
            return Task.FromResult(answer);
        }

        return new Confirmation(environment, yes, canAsk, Ask, new Reporter(TextWriter.Null, TextWriter.Null, interactive: false))
            .ReviewAsync(plan, CancellationToken.None);
    }
}
