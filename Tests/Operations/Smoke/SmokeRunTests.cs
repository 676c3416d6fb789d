using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Smoke;
using Infra.Tests.Operations.Support;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Operations.Smoke;

[Property("Row", "L9"), Property("Row", "T10")]
internal sealed class SmokeRunTests
{
    private FakeAws _web = null!;
    private TestHost _host = null!;

    [SetUp]
    public void SetUp()
    {
        _web = new FakeAws();
        _host = new TestHost();
        Released($"sha256:{new string('a', 64)}");
    }

    [TearDown]
    public void TearDown()
    {
        _web.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task Http_RightAnswer_Passes()
    {
        _web.Tell("GET /health", """{ "status": "ok", "version": 12 }""");
        Assert.That(await FailureAsync(Http with { Contains = "ok", Matches = "\"version\": [0-9]+", MaxMilliseconds = 30000 }), Is.Null);
    }

    [TestCase(503, "busy", "answers 503, expected 200")]
    [TestCase(200, "bad", "does not contain 'ok': bad")]
    public async Task Http_WrongAnswer_SaysWhatItWas(int status, string body, string failure)
    {
        _web.Always("GET /health", _ => new FakeAws.Answer(body, status));
        Assert.That(await FailureAsync(Http with { Contains = "ok" }), Is.EqualTo(failure));
    }

    [Test]
    public void Http_TooSlow_SaysHowLongItTook() => Assert.That(
        HttpCheck.Judge(Http with { MaxMilliseconds = 200 }, 200, "", TimeSpan.FromMilliseconds(350)),
        Is.EqualTo("took 350 ms, at most 200 are allowed"));

    [Test]
    public async Task Http_NotReached_Fails()
    {
        _web.Dispose();
        Assert.That(await FailureAsync(Http), Does.Contain("does not respond"));
    }

    [Test]
    public async Task Http_NotReadyAtFirst_IsTriedAgain()
    {
        _web.Tell("GET /health", "starting", 503).Tell("GET /health", "ok");
        Assert.That(await FailureAsync(Http with { Seconds = 600 }), Is.Null);
        Assert.That(_web.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Http_Body_IsPosted()
    {
        _web.Tell("POST /health", "the agent says hello");
        Assert.That(await FailureAsync(Http with { Body = """{ "prompt": "hi" }""", Contains = "hello" }), Is.Null);
        Assert.That(_web.Requests.Single().Body, Is.EqualTo("""{ "prompt": "hi" }"""));
    }

    [Test]
    public async Task Agent_IsInvokedAtItsEndpoint_InASessionOfItsOwn()
    {
        const string invocation = "/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-east-2%3A111111111111%3Aruntime%2Fassistant-1/invocations";
        _web.Always($"POST {invocation}", _ => new FakeAws.Answer("Hello.", 200));
        Assert.That(await FailureAsync(Agent with { Contains = "Hello" }), Is.Null);
        Assert.That(await FailureAsync(Agent with { Contains = "Goodbye" }), Is.EqualTo("does not contain 'Goodbye': Hello."));

        FakeAws.Request[] asked = [.. _web.Requests.Where(request => request.Action == $"POST {invocation}")];
        Assert.That((asked[0].RawUrl, asked[0].Body), Is.EqualTo(($"{invocation}?qualifier=live", """{ "prompt": "hi" }""")));
        Assert.That(
            asked.Select(request => request.Headers["x-amzn-bedrock-agentcore-runtime-session-id"]), Is.Unique.And.All.Length.AtLeast(33));
    }

    [Test]
    public async Task Agent_ThatRefuses_SaysWhy()
    {
        Assert.That(await FailureAsync(Agent), Does.Contain("NotTold"));
    }

    [TestCase(SmokeKind.Agent, "no release of assistant yet")]
    [TestCase(SmokeKind.Task, "no release of web yet")]
    public async Task BeforeTheFirstRelease_IsSkipped(SmokeKind kind, string why)
    {
        Released("none");
        SmokeResult result = (await Run(onEmulator: false).RunAsync([Agent with { Kind = kind, Service = "web", AgentName = "assistant" }]))
            .Single();
        Assert.That((result.Failure, result.LeftOut), Is.EqualTo(((string?)null, why)));
    }

    [TestCase(0, "nothing was uploaded to app yet")]
    [TestCase(1, null)]
    public async Task Site_IsLeftOut_UntilSomethingIsUploaded(int objects, string? why)
    {
        _web.Always("GET /", _ => new FakeAws.Answer("<html></html>", 200));
        _web.Always("GET /acme-app-dev-111111111111/",
            _ => new FakeAws.Answer($"<ListBucketResult><KeyCount>{objects}</KeyCount></ListBucketResult>", 200));
        SmokeResult result =
            (await Run(onEmulator: false).RunAsync(
                [new SmokeConfig { Name = "index", Kind = SmokeKind.Site, SiteName = "app", Url = _web.Url.ToString() }])).Single();
        Assert.That((result.Failure, result.LeftOut), Is.EqualTo(((string?)null, why)));
    }

    [Test]
    public async Task Site_WithoutAHost_IsAskedAtCloudFrontsOwnName()
    {
        _web.Always(
            "GET /acme-app-dev-111111111111/", _ => new FakeAws.Answer("<ListBucketResult><KeyCount>1</KeyCount></ListBucketResult>", 200));
        SmokeConfig test = new() { Name = "index", Kind = SmokeKind.Site, SiteName = "app", Seconds = 1 };
        // The stub has no certificate, so the connection fails; the error contains the requested address.
        Assert.That((await Run(onEmulator: false).RunAsync([test])).Single().Failure, Does.Contain($"https://{_web.Url.Authority}/"));
    }

    [Test]
    public async Task Redirect_ToHttps_Passes()
    {
        _web.Tell(
            "GET /", _ => new FakeAws.Answer("", 301, new Dictionary<string, string> { ["Location"] = $"https://{_web.Url.Host}:443/" }));
        Assert.That(await HttpCheck.RedirectsAsync(_web.Url, default), Is.Null);
        _web.Tell("GET /", "served plainly");
        Assert.That(await HttpCheck.RedirectsAsync(_web.Url, default), Does.Contain("answers 200, expected a redirect to https://"));
    }

    [TestCase(30, 14, null)]
    [TestCase(5, 14, "the certificate of localhost is valid for 4 more days, expected at least 14")]
    public async Task Tls_Certificate_HasToBeValidForSomeTime(int days, int wanted, string? failure)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using X509Certificate2 certificate = Certificate(days);
        Task serving = ServeAsync(listener, certificate);
        Assert.That(await new TlsCheck((_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString())
            .LookAsync("localhost", ((IPEndPoint)listener.LocalEndpoint).Port, wanted, default), Is.EqualTo(failure));
        await serving;
    }

    [Test]
    public async Task Tls_NotTrusted_Fails()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using X509Certificate2 certificate = Certificate(30);
        Task serving = ServeAsync(listener, certificate);
        Assert.That(await new TlsCheck().LookAsync("localhost", ((IPEndPoint)listener.LocalEndpoint).Port, 1, default),
            Does.StartWith("no TLS with localhost: "));
        await serving;
    }

    [TestCase("true", null)]
    [TestCase("false", "exited with code 1: ")]
    [TestCase("no-such-program-anywhere", "no-such-program-anywhere was not found")]
    public async Task Command_EndsWithZero(string program, string? failure) =>
        Assert.That(
            await FailureAsync(new SmokeConfig { Name = "agent", Kind = SmokeKind.Command, Arguments = [program] }), Is.EqualTo(failure));

    [Test]
    public async Task Command_SaysTheExpected()
    {
        var test = new SmokeConfig { Name = "agent", Kind = SmokeKind.Command, Arguments = ["echo", "hello"], Contains = "hello" };
        Assert.That(await FailureAsync(test), Is.Null);
        Assert.That(await FailureAsync(test with { Contains = "goodbye" }), Is.EqualTo("does not contain 'goodbye': hello"));
    }

    [TestCase(1, null)]
    [TestCase(60, "is 1h00m old, at most 15 minutes are allowed")]
    public async Task Telemetry_LogsHaveToArrive(int minutesAgo, string? failure)
    {
        // When it is requested, so that its age does not depend on how long the test takes.
        _web.Always("DescribeLogStreams", _ => new FakeAws.Answer(new JObject
        {
            ["logStreams"] = new JArray(new JObject
            {
                ["lastIngestionTime"] = DateTimeOffset.UtcNow.AddMinutes(-minutesAgo).ToUnixTimeMilliseconds(),
            }),
        }.ToString(), 200));
        string? found = await FailureAsync(new SmokeConfig { Name = "logs", Kind = SmokeKind.Telemetry, Service = "web", Seconds = 1 });
        Assert.That(found, failure is null ? Is.Null : Does.EndWith(failure));
    }

    [Test]
    public async Task Task_InTheServicesNetwork_EndsWithZero()
    {
        _web.Tell("ListTasks", new JObject())
            .Tell("RunTask", new JObject { ["tasks"] = new JArray(new JObject { ["taskArn"] = "arn:task/1" }) })
            .Tell("DescribeTasks", new JObject
            {
                ["tasks"] = new JArray(new JObject
                {
                    ["taskArn"] = "arn:task/1",
                    ["taskDefinitionArn"] = "arn:web:1",
                    ["lastStatus"] = "STOPPED",
                    ["containers"] = new JArray(new JObject { ["name"] = "web", ["exitCode"] = 0 }),
                }),
            });
        Assert.That(
            await FailureAsync(
                new SmokeConfig { Name = "database", Kind = SmokeKind.Task, Service = "web", Arguments = ["psql", "-c", "select 1"] }),
                Is.Null);
        Assert.That((string?)_web.Sent("RunTask").Single()["taskDefinition"], Is.EqualTo("acme-dev-web"));
    }

    [Test]
    public async Task OnTheEmulator_WhatNeedsTraffic_IsLeftOutWithTheReason()
    {
        SmokeResult result =
            (await Run(onEmulator: true).RunAsync([new SmokeConfig { Name = "home", Kind = SmokeKind.Http, Service = "web" }])).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.LeftOut, Is.EqualTo("the emulator serves no traffic"));
            Assert.That(_host.Output.ToString(), Does.Contain("skipped   home: the emulator serves no traffic"));
        }
    }

    [Test]
    public void PassAsync_OneFails_NamesIt()
    {
        _web.Always("GET /health", _ => new FakeAws.Answer("", 500));
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Run(false, Http).PassAsync("web"))!;
        Assert.That(failure.Message, Is.EqualTo("1 of 1 smoke tests failed: health: answers 500, expected 200"));
    }

    private SmokeConfig Http => new() { Name = "health", Kind = SmokeKind.Http, Url = $"{_web.Url}health", Seconds = 1 };

    private static SmokeConfig Agent =>
        new() { Name = "agent", Kind = SmokeKind.Agent, AgentName = "assistant", Body = """{ "prompt": "hi" }""", Seconds = 1 };

    private void Released(string value) => _web.Always("GetParameterHistory", new JObject
    {
        ["Parameters"] = new JArray(new JObject { ["Value"] = value, ["Version"] = 2, ["LastModifiedDate"] = 1763712000 }),
    });

    private async Task<string?> FailureAsync(SmokeConfig test) => (await Run(onEmulator: false).RunAsync([test])).Single().Failure;

    private SmokeRun Run(bool onEmulator, params SmokeConfig[] tests)
    {
        string file = _host.Write("environments/dev.json", """
            { "name": "dev", "project": "acme", "account": "111111111111", "region": "us-east-2", "services": { "web": { "port": 8000 } }, "sites": { "app": {} } }
            """);
        LoadedEnvironment loaded = EnvironmentFile.Load(file, _host.Context.Checkout.Root).Environment!;
        var runtime = new RuntimeOutputs
        {
            ClusterName = "acme-dev",
            TaskSubnetIds = ["subnet-1"],
            TaskSecurityGroupId = "sg-1",
            Agents = new Dictionary<string, AgentOutput>
            {
                ["assistant"] =
                new("arn:aws:bedrock-agentcore:us-east-2:111111111111:runtime/assistant-1", "2", "1")
            },
        };
        var outputs = new DeployedOutputs(
            BaseOperatorOutputs.Read(new Dictionary<string, JToken> { ["site_app_domain_name"] = _web.Url.Authority }), runtime);
        return new SmokeRun(
            _host.Context, loaded with { Config = loaded.Config with { Smoke = tests } }, _web.Access(), onEmulator, outputs);
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client has closed the connection.
        }
    }

    private static X509Certificate2 Certificate(int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
