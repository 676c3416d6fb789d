using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Aws;

internal sealed class AccountGuardTests
{
    [Test]
    public async Task CheckAsync_AccountOfTheEnvironment_ReturnsTheCaller()
    {
        using var sts = new FakeSts("111111111111");
        string caller = await AccountGuard.CheckAsync(Access(sts), "111111111111", "environments/dev.json", CancellationToken.None);
        Assert.That(caller, Is.EqualTo("arn:aws:iam::111111111111:user/ada"));
    }

    [Test]
    [Property("Row", "P3")]
    public void CheckAsync_AnotherAccount_NamesBothAccountsTheFileAndWhatToDo()
    {
        using var sts = new FakeSts("222222222222");
        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => AccountGuard.CheckAsync(Access(sts), "111111111111", "environments/dev.json", CancellationToken.None))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.WrongAccount));
            Assert.That(failure.Message, Does.Contain("222222222222").And.Contain("111111111111").And.Contain("environments/dev.json"));
            Assert.That(failure.Remedy, Does.Contain("nothing was changed").And.Contain("--profile"));
        }
    }

    [Test]
    public void CheckAsync_CredentialsAreNotAccepted_SaysSoWithAwssReason()
    {
        using var sts = new FakeSts("111111111111", status: 403);
        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => AccountGuard.CheckAsync(Access(sts), "111111111111", "environments/dev.json", CancellationToken.None))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.WrongAccount));
            Assert.That(failure.Message, Does.Contain("security token").And.Contain("us-east-2"));
        }
    }

    private static AwsAccess Access(FakeSts sts) => AwsAccess.ToEmulator(sts.Url, "111111111111", "us-east-2");
}
