using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// The applications of system L: their own tests with the commands of the pipeline, the commands of the smoke tests, and the agent's HTTP
/// contract. Each process has only the variables that its task or its agent runtime has.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.All)]
[UnsupportedOSPlatform("windows")]
internal sealed class AwsLegalPocApplicationTests
{
    private const string Folder = "examples/awslegalpoc";
    private const string Streamlit = $"{Folder}/apps/streamlit";
    private const string Assistant = $"{Folder}/apps/assistant";
    private const string SecretKey = "secret-key-of-the-test";

    private static IEnumerable<string> PipelineTests => Example.AgentTools.Config.Pipeline!.Tests;

    /// <summary>As they stand, except that pip installs nothing: PyPI may not be reachable, and only it has Streamlit.</summary>
    [TestCaseSource(nameof(PipelineTests)), Property("Row", "L-L3")]
    public async Task Tests_PassWithTheCommandOfThePipeline(string command)
    {
        using TemporaryFolder programs = await ProgramsAsync();
        Run run = ServedApplication.Run(
            Folder, "bash", ["-c", $"({command})"], [("PATH", WithPath(programs.Path)), ("PYTHONDONTWRITEBYTECODE", "1")]).Wait();

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Match(@"\b[1-9]\d* passed").And.Not.Contain("skipped").And.Contain("pip install -r requirements.txt"));
    }

    [Test]
    public void Langfuse_IsTheSameModuleInBothApplications() => Assert.That(
        File.ReadAllText(InRepository(Streamlit, "legal/langfuse.py")),
        Is.EqualTo(File.ReadAllText(InRepository(Assistant, "assistant/langfuse.py"))), "the images have separate build contexts");

    [Test, Property("Row", "L9"), Property("Row", "L-L3")]
    public async Task CheckDatabase_WorksAfterTheMigration_AndLeavesNothingBehind()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await CreateDatabaseAsync(server);

        Run before = await CheckAsync("database", ("DATABASE_URL", Url(server)));
        Assert.That((before.ExitCode, before.Output.Trim()),
            Is.EqualTo((1, "database: relation \"conversations\" does not exist")), "before the migration");
        for (int run = 0; run < 2; run++)
        {
            Run migration = await RunAsync(
                [.. Example.AgentBeta.Config.Services["streamlit"].Migration!.Command], ("DATABASE_URL", Url(server)));
            Assert.That(migration.ExitCode, Is.Zero, migration.Output);
        }

        Run check = await CheckAsync("database", ("DATABASE_URL", Url(server)));
        Assert.That((check.ExitCode, check.Output.Trim()), Is.EqualTo((0, "database: a row was written and read")));
        Assert.That(
            await server.QueryAsync("app", "of-the-app", "app", "SELECT count(*) FROM conversations"), Is.EqualTo((0, "0\n")));
    }

    [Test, Property("Row", "L9"), Property("Row", "L-L3")]
    public async Task CheckDatabase_WithAWrongPassword_OrAServerOfAnotherAuthority_Fails_AndSaysWhy()
    {
        await using PostgresServer server = await PostgresServer.StartAsync(), other = await PostgresServer.StartAsync();
        await CreateDatabaseAsync(server);

        Run denied = await CheckAsync("database", ("DATABASE_URL", Url(server, password: "a-wrong-one")));
        Assert.That(denied.ExitCode, Is.EqualTo(1));
        Assert.That(denied.Output, Does.Contain("password authentication failed for user \"app\"").And.Not.Contain("a-wrong-one"));
        Run unknown = await CheckAsync("database", ("DATABASE_URL", Url(server, certificate: other.Certificate)));
        Assert.That(unknown.ExitCode, Is.EqualTo(1));
        Assert.That(unknown.Output, Does.Contain("certificate verify failed").And.Not.Contain("Traceback"));
    }

    [Test, Property("Row", "L9"), Property("Row", "L-L3")]
    public async Task CheckLangfuse_SendsATrace_AndReadsItBack()
    {
        using var langfuse = new LangfuseServer(PublicKey, SecretKey);

        Run run = await CheckAsync("langfuse", ("LANGFUSE_HOST", langfuse.Url.ToString()));

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output.Trim(), Is.EqualTo($"langfuse: trace {langfuse.Traces.Single()} arrived"));
    }

    [Test, Property("Row", "L9"), Property("Row", "L-L3")]
    public async Task CheckLangfuse_WithARotatedKey_Fails_AndSaysWhy()
    {
        using var langfuse = new LangfuseServer(PublicKey, "another-key");

        Run run = await CheckAsync("langfuse", ("LANGFUSE_HOST", langfuse.Url.ToString()));

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.StartWith("langfuse: POST /api/public/otel/v1/traces: 401").And.Not.Contain(SecretKey));
        Assert.That(langfuse.Traces, Is.Empty);
    }

    [Test, Property("Row", "L-L3")]
    public async Task Agent_FulfilsTheHttpContract_WithTheModelThatItMayInvoke_AndItsTraceArrives()
    {
        using var langfuse = new LangfuseServer(PublicKey, SecretKey);
        var requests = new List<string>();
        using var aws = new StubHttpServer((request, _) =>
        {
            string action = request.Headers["X-Amz-Target"] ?? Uri.UnescapeDataString(request.Url!.AbsolutePath);
            lock (requests) requests.Add(action);
            return action switch
            {
                "secretsmanager.GetSecretValue" => (200, $$"""{ "SecretString": "{{SecretKey}}" }"""),
                "DynamoDB_20120810.Query" => (200, """{ "Items": [] }"""),
                "DynamoDB_20120810.GetItem" => (200, "{}"),
                _ => (200, """
                    {
                      "output": { "message": { "role": "assistant", "content": [{ "text": "Hello." }] } }, "stopReason": "end_turn",
                      "usage": { "inputTokens": 1, "outputTokens": 1, "totalTokens": 2 }, "metrics": { "latencyMs": 1 }
                    }
                    """),
            };
        });
        ExamplesPython python = await ExamplesPython.FindAsync();
        int port = LoopbackPort.Next();
        using ServedApplication agent = ServedApplication.Start(
            Assistant, python.Interpreter, ["-m", "assistant"], port,
            With(AgentVariables(), ("LANGFUSE_HOST", langfuse.Url.ToString()), ("AWS_ENDPOINT_URL", aws.Url.ToString()),
                ("AWS_ACCESS_KEY_ID", "of-the-test"), ("AWS_SECRET_ACCESS_KEY", "of-the-test"),
                ("PORT", port.ToString(CultureInfo.InvariantCulture)), python.Variables()[0], python.Variables()[1]));
        var smoke = Example.AgentBeta.Config.Smoke.Single(test => test.AgentName == "assistant");
        (HttpStatusCode status, string answer) = Invoke(agent, smoke.Body!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(agent.Get("/ping"), Is.EqualTo((HttpStatusCode.OK, """{"status":"Healthy"}""")));
            Assert.That((status, answer), Is.EqualTo((HttpStatusCode.OK, """{"answer":"Hello."}""")), agent.Output);
            Assert.That(Regex.IsMatch(answer, smoke.Matches!), Is.True);
            Assert.That(Invoke(agent, """{ "prompt": "Why?", "conversation": "c", "document": "missing" }"""),
                Is.EqualTo((HttpStatusCode.NotFound, """{"detail":"no document missing"}""")));
            Assert.That(Invoke(agent, "{}").Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(langfuse.Traces, Has.Count.EqualTo(1));
            Assert.That(requests, Is.EqualTo(new[]
            {
                $"/model/{Example.AgentBeta.Config.Agents["assistant"].Uses.Models.Single()}/converse", "secretsmanager.GetSecretValue",
                "DynamoDB_20120810.GetItem",
            }));
        }

        Run end = agent.Stop();
        Assert.That(end.ExitCode, Is.Zero, end.Output);
        Assert.That(end.Output, Does.Not.Contain(SecretKey));
    }

    private static string PublicKey => Example.AgentBeta.Config.Parameters["langfuse/public-key"];

    private static (HttpStatusCode Status, string Body) Invoke(ServedApplication agent, string body) =>
        agent.Send(new HttpRequestMessage(HttpMethod.Post, "/invocations")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        });

    /// <summary>Runs the command of the smoke test with this name.</summary>
    private static Task<Run> CheckAsync(string name, params (string Name, string Value)[] others) => RunAsync(
        [.. Example.AgentBeta.Config.Smoke.Single(test => test.Name == name && test.Service == "streamlit").Arguments], others);

    /// <summary>Runs a command as in the image: its folder <c>commands</c> is on PATH, and the application on PYTHONPATH.</summary>
    private static async Task<Run> RunAsync(string[] command, params (string Name, string Value)[] others)
    {
        ExamplesPython python = await ExamplesPython.FindAsync();
        using TemporaryFolder programs = await ProgramsAsync();
        string path = WithPath($"{InRepository(Streamlit, "commands")}{Path.PathSeparator}{programs.Path}");
        // env finds the command on the PATH that it sets, as the container runtime does.
        return ServedApplication.Run(
            Streamlit, "env", [$"PATH={path}", .. command],
            With(TaskVariables(), [.. python.Variables(Streamlit), .. others])).Wait();
    }

    /// <summary>Variables of the task, with the values of parameters, and of secrets that the test does not set.</summary>
    private static IEnumerable<(string Name, string Value)> TaskVariables()
    {
        JObject container = ContainerText.ParseAll(
            Example.AgentBeta.Runtime.Resource("aws_ecs_task_definition", "streamlit")["container_definitions"])
            .Single(each => (string?)each["name"] == "streamlit");
        return
        [
            .. container["environment"]!.Select(variable => ((string)variable["name"]!, (string)variable["value"]!)),
            .. container["secrets"]!.Select(variable => (string)variable["name"]!).Select(name => (name, name switch
            {
                "LANGFUSE_PUBLIC_KEY" => PublicKey,
                "LANGFUSE_SECRET_KEY" => SecretKey,
                _ => "of-the-test",
            })),
        ];
    }

    /// <summary>Variables that AgentCore gives to the agent: those of the CloudFormation template.</summary>
    private static IEnumerable<(string Name, string Value)> AgentVariables() =>
        Regex.Match((string)Example.AgentBeta.Runtime.Resource("aws_cloudformation_stack", "agent-assistant")["template_body"]!,
            "\"EnvironmentVariables\":(?<variables>{[^}]*})") is { Success: true } match
            ? JObject.Parse(match.Groups["variables"].Value).Properties().Select(variable => (variable.Name, (string)variable.Value!))
            : throw new AssertionException("the template has no variables");

    private static IEnumerable<(string Name, string Value)> With(
        IEnumerable<(string Name, string Value)> variables, params (string Name, string Value)[] others) =>
        variables.Where(variable => others.All(other => other.Name != variable.Name)).Concat(others);

    private static async Task CreateDatabaseAsync(PostgresServer server)
    {
        foreach (string statement in new[] { "CREATE ROLE app LOGIN PASSWORD 'of-the-app'", "CREATE DATABASE app OWNER app" })
        {
            (int exitCode, string output) =
                await server.QueryAsync(PostgresServer.Master, PostgresServer.MasterPassword, "postgres", statement);
            Assert.That(exitCode, Is.Zero, output);
        }
    }

    /// <summary>DATABASE_URL as base writes it, with this server's address and certificate.</summary>
    private static string Url(PostgresServer server, string password = "of-the-app", string? certificate = null)
    {
        var written = (string)Example.AgentBeta.Base.Resource(
            "aws_secretsmanager_secret_version", "database-url_version")["secret_string_wo"]!;
        Match parts = Regex.Match(written, "^(?<scheme>[^:]+)://app:.*/app\\?sslmode=verify-full&sslrootcert=");
        Assert.That(parts.Success, Is.True, written);
        return $"{parts.Groups["scheme"].Value}://app:{password}@localhost:{server.Port}/app?sslmode=verify-full"
            + $"&sslrootcert={certificate ?? server.Certificate}";
    }

    /// <summary>A folder for PATH with <c>python</c> and <c>python3</c>, which have the packages of examples/python/get.</summary>
    private static async Task<TemporaryFolder> ProgramsAsync()
    {
        ExamplesPython python = await ExamplesPython.FindAsync();
        var folder = new TemporaryFolder();
        foreach (string name in new[] { "python", "python3" })
            folder.Write(name, $"""
                #!/bin/sh
                if [ "$1 $2" = "-m pip" ]; then shift 2; echo "pip $*: not run here"; exit 0; fi
                PYTHONPATH="$PYTHONPATH:{python.Packages}" exec '{python.Interpreter}' "$@"
                """, executable: true);
        return folder;
    }

    private static string WithPath(string folder) =>
        $"{folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

    private static string InRepository(string folder, string path) => Path.Combine(Checkout.Find().Root, folder, path);
}
