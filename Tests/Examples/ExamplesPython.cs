using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// Python with the packages of the example applications: <c>examples/python/get</c> installs or finds them, once per test run.
/// </summary>
/// <param name="Interpreter">Path of Python.</param>
/// <param name="Packages">Folder of the packages, if the interpreter does not find them itself; otherwise empty.</param>
internal sealed record ExamplesPython(string Interpreter, string Packages)
{
    private static readonly Lazy<Task<(int ExitCode, string Output)>> Installed = new(() => InstalledPrograms.GetAsync("python"));

    private static string Root => Checkout.Find().Root;

    /// <summary>
    /// Python of the examples. Where it cannot be installed, the test fails in CI; elsewhere it is listed as not run, with the reason.
    /// </summary>
    public static async Task<ExamplesPython> FindAsync()
    {
        JObject found = InstalledPrograms.OrNotRun(await Installed.Value);
        return new ExamplesPython((string)found["python"]!, (string)found["pythonPath"]!);
    }

    /// <summary>Variables for a program that imports packages and applications.</summary>
    /// <param name="folders">Folders of the application's own packages, relative to the repository.</param>
    public (string Name, string Value)[] Variables(params string[] folders) =>
    [
        ("PYTHONPATH", string.Join(
            Path.PathSeparator, folders.Select(folder => Path.Combine(Root, folder)).Append(Packages).Where(path => path.Length > 0))),
        // Tests leave no files in the checkout.
        ("PYTHONDONTWRITEBYTECODE", "1"),
    ];

    /// <summary>Runs pytest in a folder of the repository, and returns its output; fails unless all tests pass.</summary>
    public async Task<string> TestAsync(string folder, params string[] arguments)
    {
        (int exitCode, string output) = await Tool.RunAsync(
            new ProcessRequest(Interpreter, ["-m", "pytest", "-q", .. arguments])
            {
                WorkingDirectory = Path.Combine(Root, folder),
                Variables = Variables().ToDictionary(variable => variable.Name, string? (variable) => variable.Value),
            });
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Match(@"\d+ passed").And.Not.Contain("skipped"), "tests were run");
        return output;
    }
}
