using Infra.Tests.Emulator;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

internal sealed class JsiiFolderTests
{
    [Test]
    [Platform(Exclude = "Win")]
    public void Synth_LeavesNothingInTheTemporaryFolder()
    {
        using var sandbox = new Sandbox(asUser: true);
        using var temporary = new TemporaryFolder();
        Run run = sandbox.Start(
            Path.Combine(Sandbox.Root, "infra"), ["synth", "--env", "environments/local.json", "--out", sandbox.Work("out")],
            ("TMPDIR", temporary.Path)).Wait();

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        // .NET's own sockets and locks are few and empty.
        Assert.That(Directory.GetFiles(temporary.Path, "*.tgz", SearchOption.AllDirectories)
            .Concat(Directory.GetDirectories(temporary.Path, "infra-jsii-*")), Is.Empty);
        Assert.That(Directory.GetDirectories(temporary.Path, "jsii-*"), Is.Empty);
    }
}
