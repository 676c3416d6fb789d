using System.Net;
using Amazon.S3;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>The sample service, started with the variables of a task of system H, on a local AWS.</summary>
[Category("Emulator")]
internal sealed class HelloTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_variables = new(() =>
        ContainerText.Parse(
            Example.Hoopstat.Runtime.Resource("aws_ecs_task_definition", "stats-api")["container_definitions"])["environment"]!
            .ToDictionary(variable => (string)variable["name"]!, variable => (string)variable["value"]!));

    private Sandbox _sandbox = null!;

    private static string Bucket => s_variables.Value["S3_BUCKET_NAME"];

    private AmazonS3Client S3 => _sandbox.Access(Example.Hoopstat.Config.Account, Example.Hoopstat.Config.Region).S3();

    [OneTimeSetUp]
    public async Task StartLocalAws()
    {
        _sandbox = new Sandbox(asUser: true);
        _sandbox.Expect(0, "emulator", "start", "--empty");
        using AmazonS3Client s3 = S3;
        await s3.PutBucketAsync(Bucket);
    }

    [OneTimeTearDown]
    public void StopLocalAws() => _sandbox.Dispose();

    [Test, Property("Row", "H8")]
    public async Task WithoutItsBucket_IsHealthy_AndNotReady()
    {
        const string later = "made-while-it-waits";
        using HelloProcess hello = Start(("S3_BUCKET_NAME", later));

        Assert.Multiple(() =>
        {
            Assert.That(hello.Get("/health").Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(hello.Get("/health/live").Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(
                () => hello.Get("/health/ready"),
                Is.EqualTo((HttpStatusCode.ServiceUnavailable, """{"ready":false,"reason":"bucket: NoSuchBucket"}"""))
                    .After(600).Seconds.PollEvery(500).MilliSeconds);
        });

        using AmazonS3Client s3 = S3;
        await s3.PutBucketAsync(later);
        Assert.That(() => hello.Get("/health/ready"),
            Is.EqualTo((HttpStatusCode.OK, """{"ready":true}""")).After(600).Seconds.PollEvery(500).MilliSeconds);
    }

    [Test, Property("Row", "H8")]
    public async Task Objects_AreWrittenReadAndListed_InTheBucketThatTheVariableNames()
    {
        using HelloProcess hello = Start();

        Assert.Multiple(() =>
        {
            Assert.That(hello.Put("/objects/games/1.json", "{}").Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(hello.Get("/objects/games/1.json"), Is.EqualTo((HttpStatusCode.OK, "{}")));
            Assert.That(hello.Get("/objects/games/2.json").Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(hello.Get("/objects"),
                Is.EqualTo((HttpStatusCode.OK, $$"""{"bucket":"{{Bucket}}","objects":[{"key":"games/1.json","bytes":2}],"more":false}""")));
            Assert.That(hello.Put("/objects/.hidden", "{}").Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(
                hello.Put("/objects/large", new string('x', (1024 * 1024) + 1)).Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        });
        using AmazonS3Client s3 = S3;
        using var read = await s3.GetObjectAsync(Bucket, "games/1.json");
        Assert.That(read.ContentLength, Is.EqualTo(2));
    }

    [Test, Property("Row", "H8")]
    public void Itself_IsDescribedByItsVariables()
    {
        using HelloProcess hello = Start();

        Assert.That(JObject.Parse(hello.Get("/").Body), Is.EqualTo(JObject.Parse("""
            {
              "project": "hoopstat-haus", "environment": "prod", "service": "stats-api", "region": "us-east-1",
              "repository": "hoopstat-haus/stats-api", "discoveryPath": "/prod/hoopstat-haus/discovery"
            }
            """)).Using<JObject>(JToken.DeepEquals));
    }

    [Test, Property("Row", "H8")]
    public async Task Sigterm_EndsReadiness_NotARunningRequest_AndTheProcessWithZero()
    {
        using HelloProcess hello = Start();
        Assert.That(() => hello.Get("/health/ready").Status, Is.EqualTo(HttpStatusCode.OK).After(600).Seconds.PollEvery(500).MilliSeconds);
        var rest = new TaskCompletionSource();
        Task<HttpStatusCode> running = hello.PutSlowlyAsync("/objects/slow", rest.Task);

        // Requested continuously, because the port closes a few seconds after the signal.
        Task<List<(HttpStatusCode, string)>> readiness = Task.Run(() => ReadinessUntilThePortCloses(hello));
        hello.Terminate();
        Assert.That((await readiness)[^1], Is.EqualTo((HttpStatusCode.ServiceUnavailable, """{"ready":false,"reason":"stopping"}""")));
        Assert.That(running.IsCompleted, Is.False);
        rest.SetResult();
        HttpStatusCode status = await running;
        Run end = hello.Wait();

        JObject[] log = [.. end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse)];
        Assert.Multiple(() =>
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(end.ExitCode, Is.Zero, end.Output);
            Assert.That(log.Select(line => line["State"]?["Path"]?.ToString()).OfType<string>(), Is.EqualTo(new[] { "/objects/slow" }),
                "one line for each request except health checks");
            Assert.That(log.Select(line => (string?)line["LogLevel"]), Is.All.EqualTo("Information"));
        });
    }

    [TestCase("AWS_REGION"), TestCase("PROJECT"), TestCase("ENVIRONMENT"), TestCase("SERVICE")]
    [TestCase("S3_BUCKET_NAME"), TestCase("ECR_REPOSITORY"), TestCase("DISCOVERY_PATH")]
    [Property("Row", "H8")]
    public void MissingVariable_IsNamedInOneLine(string name)
    {
        Run run = new HelloProcess(
            _sandbox, 8080,
            [.. s_variables.Value.Where(variable => variable.Key != name).Select(variable => (variable.Key, variable.Value)), (name, "")])
                .Wait();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.Output);
            Assert.That(run.Output.Trim(), Is.EqualTo($"missing environment variables: {name}; docs/discovery.md describes them"));
        });
    }

    [Test]
    public void WrongPort_IsNamedInOneLine()
    {
        Run run = new HelloProcess(_sandbox, 0, [.. s_variables.Value.Select(variable => (variable.Key, variable.Value))]).Wait();

        Assert.That((run.ExitCode, run.Output.Trim()), Is.EqualTo((2, "PORT is '0'; it must be a number from 1 to 65535")));
    }

    private static List<(HttpStatusCode Status, string Body)> ReadinessUntilThePortCloses(HelloProcess hello)
    {
        List<(HttpStatusCode, string)> answers = [];
        try
        {
            while (true)
            {
                answers.Add(hello.Get("/health/ready"));
                Thread.Sleep(20);
            }
        }
        catch (HttpRequestException)
        {
            return answers;
        }
    }

    private HelloProcess Start(params (string Name, string Value)[] others) => HelloProcess.Serve(_sandbox,
    [
        .. s_variables.Value.Select(variable => (variable.Key, variable.Value)),
        ("AWS_ENDPOINT_URL", _sandbox.Access(Example.Hoopstat.Config.Account, Example.Hoopstat.Config.Region).Endpoint!.ToString()),
        ("AWS_ACCESS_KEY_ID", Example.Hoopstat.Config.Account),
        ("AWS_SECRET_ACCESS_KEY", "emulator"),
        .. others,
    ]);
}
