using Infra.Operations.Output;
using Infra.Operations.Terraform;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Operations.Terraform;

internal sealed class RequiredVariablesTests
{
    [Test]
    public void Of_OnlyThoseWithoutDefaultInOrder()
    {
        IReadOnlyList<RequiredVariable> variables = RequiredVariables.Of(JObject.Parse(
            """{"variable":{"z":{"type":"string"},"a":{"sensitive":true,"description":"Secret of Google"},"given":{"default":""}}}"""));
        Assert.That(
            variables, Is.EqualTo(new[] { new RequiredVariable("a", "Secret of Google", true), new RequiredVariable("z", "", false) }));
    }

    [Test]
    public void Of_StackWithoutVariables_IsEmpty() => Assert.That(RequiredVariables.Of([]), Is.Empty);

    [Test]
    [Property("Row", "T8")]
    public void Missing_NamesAllWithHowToSetThem()
    {
        OperationException failure =
            RequiredVariables.Missing("base", [new("google_client_id", "", false), new("google_client_secret", "Secret of Google", true)]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(
                failure.Remedy, Is.EqualTo("export TF_VAR_google_client_id=…\nexport TF_VAR_google_client_secret=…   # Secret of Google"));
        }
    }
}
