using Infra.Insight;
using Infra.Policies;
using Infra.Policies.Rules;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Policies;

/// <summary>Every suppression is needed and has a reason.</summary>
internal sealed class SuppressionTests
{
    [Test]
    public void Suppression_HasAReasonAndASource() => Assert.Multiple(() =>
    {
        foreach (Suppression suppression in Suppression.Committed)
        {
            Assert.That(PolicyChecks.Rules.Select(rule => rule.Id), Does.Contain(suppression.Rule));
            Assert.That(suppression.Reason, Has.Length.GreaterThan(20), suppression.Wrong);
            Assert.That(suppression.Source, Does.StartWith("https://docs.aws.amazon.com/"), suppression.Wrong);
        }
    });

    [Test]
    public void Suppression_CoversAFindingOfAnExample()
    {
        HashSet<Suppression> used = [.. Example.WithPipelines.SelectMany(example =>
            PolicyChecks.Run(StackJson.ReadAll(example.Deployment.OutDir), PolicyChecksTests.Reference, Suppression.Committed).Suppressed)];

        Assert.That(Suppression.Committed.Where(suppression => !used.Contains(suppression)).Select(suppression => suppression.Wrong),
            Is.Empty, "remove what is needed no more");
    }

    [TestCase("aws_iam_role_policy.other", false)]
    [TestCase("aws_iam_role_policy.infra-dev-apply", true)]
    public void Suppression_IsForTheAddressesThatItNames(string address, bool covers) => Assert.That(
        new Suppression("WildcardResource", "aws_iam_role_policy.infra-*", "x:Y on *,*", "because", "https://docs.aws.amazon.com/")
            .Covers(new PolicyFinding(
                "WildcardResource", "base", address, null, "x:Y on *, although it supports resource-level permissions", "", "")),
        Is.EqualTo(covers));
}
