using Infra.Tests.Docs;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>
/// Blocks of the guides that are marked <c>sh local</c> run on a deployed environment; system H's stands for <c>--env local</c>, which
/// another test destroys at any time.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class GuideCommandsDeployedTests
{
    private static IEnumerable<FencedBlock> Blocks =>
        MarkdownPages.All.SelectMany(MarkdownPages.Blocks).Where(block => block.Info == "sh local");

    [TestCaseSource(nameof(Blocks)), Property("Row", "D12"), Property("Row", "H11")]
    public void Block_RunsAsShown(FencedBlock block)
    {
        AppliedEnvironment environment = AppliedEnvironment.Hoopstat;
        Assert.That(environment.Base.Addresses(), Is.Not.Empty, "deployed");

        foreach (string line in block.Lines)
        {
            string command = line.Split('#')[0].Replace("--env local", $"--env {environment.File} --emulator", StringComparison.Ordinal);
            environment.Sandbox.Expect(0, new PageCommand(block.ToString(), command.Trim()).Arguments);
        }
    }
}
