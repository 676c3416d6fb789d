using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Tests.Docs;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// The load test of durable-code: k6's script and the local runner use one scenario, which docs/load-test.md describes. The times are not
/// tested: they are those of the machine and date on the page.
/// </summary>
[Property("Row", "D-L5")]
internal sealed partial class LoadTestTests
{
    private static readonly string s_folder = Path.Combine(Sandbox.Root, "examples", "durable-code", "load");

    private static JObject Scenario => JObject.Parse(File.ReadAllText(Path.Combine(s_folder, "scenario.json")));

    private static string Page => MarkdownPages.Read("docs/load-test.md");

    /// <summary>k6 itself is not run: its modules are replaced, and its options and requests are those of the scenario.</summary>
    [Test]
    public void K6Script_HasTheStagesThresholdsAndRequestsOfTheScenario()
    {
        using var folder = new TemporaryFolder();
        string script = File.ReadAllText(Path.Combine(s_folder, "web.js"))
            .Replace(
                "import { check, sleep } from 'k6';",
                "import { check, sleep, open } from './k6.mjs'; const __ENV = { BASE_URL: 'http://app' };", StringComparison.Ordinal)
            .Replace("from 'k6/http';", "from './http.mjs';", StringComparison.Ordinal);
        folder.Write("web.mjs", script);
        folder.Write("scenario.json", Scenario.ToString());
        folder.Write("k6.mjs", """
            import { readFileSync } from 'node:fs';
            export const failed = [];
            export const open = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
            export const sleep = (seconds) => { if (seconds !== 1) throw new Error(`sleeps ${seconds}`); };
            export const check = (value, checks) => {
              for (const [name, passes] of Object.entries(checks)) if (!passes(value)) failed.push(name);
            };
            """);
        folder.Write("http.mjs", """
            export const sent = {};
            export default {
              request(method, url) {
                sent[`${method} ${url}`] = (sent[`${method} ${url}`] ?? 0) + 1;
                return { status: url.endsWith('/missing') ? 404 : 200 };
              },
            };
            """);
        folder.Write("run.mjs", """
            import visit, { options, setup } from './web.mjs';
            import { failed } from './k6.mjs';
            import { sent } from './http.mjs';
            setup();
            // Evenly distributed, so that the numbers of requests are exactly those of the weights.
            let visits = 0;
            Math.random = () => (visits++ % 100) / 100;
            for (let i = 0; i < 1000; i++) visit();
            console.log(JSON.stringify({ options, sent, failed }));
            """);
        JObject result = JObject.Parse(Node(folder.Path, "run.mjs"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                result.SelectToken("options.scenarios.visitors.stages")!.Select(stage => $"{stage["duration"]} {stage["target"]}"),
                Is.EqualTo(Scenario["stages"]!.Select(stage => $"{stage["duration"]} {stage["users"]}")));
            Assert.That((string?)result.SelectToken("options.scenarios.visitors.executor"), Is.EqualTo("ramping-vus"));
            Assert.That(
                result.SelectToken("options.thresholds.http_req_duration")!.Values<string>(),
                Is.EqualTo(new[] { "p(95)<300", "p(99)<1000" }));
            Assert.That(result.SelectToken("options.thresholds.checks")!.Values<string>(), Is.EqualTo(new[] { "rate>0.999" }));
            Assert.That(result["failed"], Is.Empty);
            foreach (JToken request in Scenario["requests"]!)
                Assert.That(
                    (int?)result["sent"]![$"{request["method"]} http://app{request["path"]}"],
                    Is.EqualTo(100 * (int)request["weight"]!), (string?)request["name"]);
        }
    }

    [Test]
    public void Page_DescribesTheScenario()
    {
        Assert.That(Rows("stage"), Is.EqualTo(Scenario["stages"]!.Select(stage => $"{stage["duration"]} | {stage["users"]}")));
        Assert.That(
            Rows("request"), Is.EqualTo(Scenario["requests"]!.Select(request =>
                $"`{request["method"]} {request["path"]}` | {request["status"]} | {10 * (int)request["weight"]!} %")));
        JToken thresholds = Scenario["thresholds"]!;
        Assert.That(Rows("threshold"), Is.EqualTo(new[]
        {
            $"95 % of the responses | {thresholds["p95Milliseconds"]} ms", $"99 % of the responses | {thresholds["p99Milliseconds"]} ms",
            $"responses with another status than expected | {(double)thresholds["failedRate"]! * 100} %",
        }));
    }

    [Test]
    public void Page_HasResultsOfEachStage_WithMachineAndDate()
    {
        Assert.That(Page, Does.Match(@"Measured on \d{1,2} \w+ 20\d\d"));
        Assert.That(Page, Does.Contain("k6 was not available"));
        string[] loads = [.. Rows("load").Select(row => row.Split(" | ")[0])];
        Assert.That(
            loads, Is.SupersetOf(Scenario["stages"]!.Select(stage => (int)stage["users"]!).Where(users => users > 0)
                .Select(users => $"{users.ToString(CultureInfo.InvariantCulture)} users")));
    }

    /// <summary>
    /// A run of one second against a server of the test. Its thresholds are those of the case, not those of the scenario, because how fast
    /// this machine answers is not tested.
    /// </summary>
    [TestCase(200, 60_000, 0), TestCase(200, -1, 1), TestCase(503, 60_000, 1)]
    public void Runner_SendsTheScenario_AndFailsIfThresholdsAreNotMet(int status, int milliseconds, int exitCode)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in new[] { "run.mjs", "package.json", "package-lock.json" })
            File.Copy(Path.Combine(s_folder, file), Path.Combine(folder.Path, file));
        JObject scenario = Scenario;
        scenario["thresholds"]!["p95Milliseconds"] = scenario["thresholds"]!["p99Milliseconds"] = milliseconds;
        folder.Write("scenario.json", scenario.ToString());
        Run(folder.Path, "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]);
        folder.Write("server.mjs", $$"""
            import { createServer } from 'node:http';
            const server = createServer((request, response) => {
              response.statusCode = request.url === '/missing' ? 404 : {{status}};
              response.end();
            }).listen(0, '127.0.0.1', () => console.log(server.address().port));
            """);
        using Process server = Start(folder.Path, "node", ["server.mjs"]);
        try
        {
            string url = $"http://127.0.0.1:{server.StandardOutput.ReadLine()}";
            (int code, string output) = Result(
                folder.Path, "node", ["run.mjs", "--url", url, "--seconds", "1", "--connections", "2", "--json"]);
            JObject result = JObject.Parse(output);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(code, Is.EqualTo(exitCode), output);
                Assert.That((bool)result["passed"]!, Is.EqualTo(exitCode == 0));
                Assert.That(
                    result["rows"]!.Select(row => (string?)row["load"]),
                    Is.EqualTo(new[] { "20 users", "50 users", "100 users", "2 connections, no pause" }));
                Assert.That(result["rows"]!.Select(row => (int)row["requests"]!), Is.All.GreaterThan(0));
                Assert.That(result["rows"]!.Sum(row => (int)row["unexpected"]!), status == 200 ? Is.Zero : Is.GreaterThan(0));
            }
        }
        finally
        {
            server.Kill();
        }
    }

    [Test]
    public void Runner_WithoutAUrl_SaysHowItIsUsed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("node_modules/autocannon/index.js", "module.exports = () => {};");
        foreach (string file in new[] { "run.mjs", "scenario.json" })
            File.Copy(Path.Combine(s_folder, file), Path.Combine(folder.Path, file));
        Assert.That(Result(folder.Path, "node", ["run.mjs"]).ExitCode, Is.EqualTo(2));
    }

    /// <summary>The rows of the page's table whose first header is the word.</summary>
    private static IEnumerable<string> Rows(string header) => TableRow().Matches(
            Page.Split($"| {header} |", 2)[1].Split("\n\n", 2)[0]).Select(match => match.Groups["cells"].Value);

    private static string Node(string folder, string script) => Run(folder, "node", [script]);

    private static string Run(string folder, string program, string[] arguments)
    {
        (int code, string output) = Result(folder, program, arguments);
        Assert.That(code, Is.Zero, output);
        return output;
    }

    private static (int ExitCode, string Output) Result(string folder, string program, string[] arguments)
    {
        using Process process = Start(folder, program, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 || output.Length > 0 ? output : error.Result);
    }

    private static Process Start(string folder, string program, string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    [GeneratedRegex(@"^\| (?<cells>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
