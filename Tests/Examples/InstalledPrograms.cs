using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>Programs for tests of the examples, which a script <c>examples/NAME/get</c> finds or installs.</summary>
internal static class InstalledPrograms
{
    /// <summary>
    /// What the script says about them. Where they cannot be had, the test fails in CI; elsewhere it is listed as not run, with the reason.
    /// </summary>
    /// <param name="installed">Result of <see cref="GetAsync"/>.</param>
    public static JObject OrNotRun((int ExitCode, string Output) installed)
    {
        if (installed.ExitCode != 0 && EnvironmentVariables.OfThisProcess()["CI"] is null)
            Assert.Ignore(installed.Output);
        Assert.That(installed.ExitCode, Is.Zero, installed.Output);
        return JObject.Parse(installed.Output.Split('\n').Last(line => line.StartsWith('{')));
    }

    /// <summary>Runs the script.</summary>
    /// <param name="name">Folder of the script in <c>examples</c>.</param>
    public static Task<(int ExitCode, string Output)> GetAsync(string name) =>
        Tool.RunAsync(new ProcessRequest(Path.Combine(Checkout.Find().Root, "examples", name, "get")));
}
