using System.Globalization;
using System.Net;
using System.Text;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// Backend and frontend of system D: their own tests, and each as a process with only the variables of its task definition.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.All)]
[Property("Row", "D4"), Property("Row", "D5")]
internal sealed class DurableCodeApplicationTests
{
    private const string Backend = "examples/durable-code/app/backend";
    private const string Frontend = "examples/durable-code/app/frontend";
    private const string Key = "key-of-the-test";

    [Test]
    public async Task Backend_PassesItsTests()
    {
        ExamplesPython python = await ExamplesPython.FindAsync();
        Assert.That(await python.TestAsync(Backend, "-v"), Does.Contain("tests/test_backend.py"));
    }

    [Test]
    public async Task Frontend_PassesItsTests()
    {
        (int exitCode, string output) = await Tool.RunAsync(new ProcessRequest("npm", "test")
        {
            WorkingDirectory = Path.Combine(Checkout.Find().Root, Frontend),
        });
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Match(@"\bpass [1-9]").And.Match(@"\bfail 0\b"));
    }

    [Test, Property("Row", "D-L3")]
    public async Task Backend_AsInItsTask_ReadsTheKeyOfParameterStore()
    {
        using ServedApplication backend = await StartBackendAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(backend.Get(HealthPath("backend")).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(backend.Get("/api/about").Body, Is.EqualTo("""{"environment":"dev","version":"1.0.0"}"""));
            Assert.That(Count(backend, Key), Is.EqualTo((HttpStatusCode.OK, """{"lines":1,"words":2,"characters":9}""")));
            Assert.That(Count(backend, "other").Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        Run end = backend.Stop();
        Assert.That(end.ExitCode, Is.Zero, end.Output);
        Assert.That(end.Output, Does.Contain("\"path\": \"/api/about\"").And.Not.Contain("/health").And.Not.Contain(Key));
    }

    [Test]
    public void Frontend_AsInItsTask_HasThePageWithTheAddressOfTheApi()
    {
        using ServedApplication frontend = StartFrontend();
        (HttpStatusCode status, string body) = frontend.Get(HealthPath("frontend"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(body, Does.Contain("content=\"https://dev.example.com/api\""));
        }

        Run end = frontend.Stop();
        Assert.That(end.ExitCode, Is.Zero, end.Output);
    }

    /// <summary>Each request of the load test, to the service that gets it from the load balancer.</summary>
    [Test, Property("Row", "D-L5")]
    public async Task RequestsOfTheLoadTest_HaveTheExpectedStatus()
    {
        using ServedApplication backend = await StartBackendAsync(), frontend = StartFrontend();
        string[] ofBackend = [.. Example.DurableCode.Config.Services["backend"].Paths.Select(path => path.TrimEnd('*'))];
        var scenario = JObject.Parse(
            await File.ReadAllTextAsync(Path.Combine(Checkout.Find().Root, "examples/durable-code/load/scenario.json")));
        using (Assert.EnterMultipleScope())
        {
            foreach (JToken request in scenario["requests"]!)
            {
                var path = (string)request["path"]!;
                ServedApplication served = ofBackend.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) ? backend : frontend;
                Assert.That((int)served.Get(path).Status, Is.EqualTo((int)request["status"]!), path);
            }
        }
    }

    private static async Task<ServedApplication> StartBackendAsync()
    {
        ExamplesPython python = await ExamplesPython.FindAsync();
        int port = LoopbackPort.Next();
        return ServedApplication.Start(
            Backend, python.Interpreter, ["-m", "app"], port, [.. Variables("backend", port), .. python.Variables()]);
    }

    private static ServedApplication StartFrontend()
    {
        int port = LoopbackPort.Next();
        return ServedApplication.Start(Frontend, "node", ["server.mjs"], port, Variables("frontend", port));
    }

    /// <summary>Variables of the task definition, those of Parameter Store with their values, and a port that is free here.</summary>
    private static IEnumerable<(string Name, string Value)> Variables(string service, int port)
    {
        JObject container = Container(service);
        return
        [
            .. container["environment"]!.Select(variable => ((string)variable["name"]!, (string)variable["value"]!)),
            .. container["secrets"]!.Select(variable => ((string)variable["name"]!, Parameter((string)variable["valueFrom"]!))),
            ("PORT", port.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    private static string Parameter(string arn)
    {
        string name = arn.Split(":parameter/dev/durable-code-test/", 2)[1];
        return name == "api_key" ? Key : Example.DurableCode.Config.Parameters[name];
    }

    private static JObject Container(string service) =>
        ContainerText.Parse(Example.DurableCode.Runtime.Resource("aws_ecs_task_definition", service)["container_definitions"]);

    private static string HealthPath(string service) =>
        (string)Example.DurableCode.Runtime.Resource("aws_lb_target_group", service)["health_check"]!["path"]!;

    private static (HttpStatusCode Status, string Body) Count(ServedApplication backend, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/count")
        {
            Content = new StringContent("""{ "text": "two words" }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-Key", key);
        return backend.Send(request);
    }
}
