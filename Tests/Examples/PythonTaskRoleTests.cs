using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Tests.Emulator;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// The Python applications of system H as tasks of their services, on the local AWS to which it is deployed: with the variables of their
/// task definitions and the permissions of their task roles.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Property("Row", "H-L2")]
internal sealed class PythonTaskRoleTests
{
    private const string Apps = "examples/hoopstat-haus/apps";
    private const string Pipeline = "data-pipeline";
    private const string Api = "stats-api";
    private const string Prefix = "python-task-role/";
    private const string Game = """{ "home": "owls", "away": "hawks", "homePoints": 101, "awayPoints": 99 }""";

    private const string Standings =
        """{"games":1,"teams":[{"allowed":99,"games":1,"losses":0,"points":101,"team":"owls","wins":1},"""
        + """{"allowed":101,"games":1,"losses":1,"points":99,"team":"hawks","wins":0}]}""";

    private ExamplesPython _python = null!;

    private static AppliedEnvironment Hoopstat => AppliedEnvironment.Hoopstat;

    private static string Raw => ServiceTask.VariablesOf(Hoopstat, Pipeline)["S3_BUCKET_RAW_DATA"];

    private static string Processed => ServiceTask.VariablesOf(Hoopstat, Pipeline)["S3_BUCKET_PROCESSED_DATA"];

    [OneTimeSetUp]
    public async Task FindPythonAsync() => _python = await ExamplesPython.FindAsync();

    [Test]
    public async Task Pipeline_ReadsRawAndWritesProcessed_TheSameOnEachRun()
    {
        using AmazonS3Client s3 = Hoopstat.Sandbox.Access(Hoopstat.Config.Account, Hoopstat.Config.Region).S3();
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Raw, Key = $"{Prefix}1.json", ContentBody = Game });
        using var task = new ServiceTask(Hoopstat, Pipeline);

        for (int run = 0; run < 2; run++)
        {
            Run end = RunPipeline(task);
            Assert.That(end.ExitCode, Is.Zero, end.Output);
            Assert.That(end.Output, Does.Contain("\"message\": \"processed 1 games\"").And.Contain("\"_aws\""), "log and metric");
            using GetObjectResponse written = await s3.GetObjectAsync(Processed, $"{Prefix}standings.json");
            using var reader = new StreamReader(written.ResponseStream);
            Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(Standings));
        }

        Assert.That((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Raw, Prefix = Prefix })).S3Objects
            .Select(each => each.Key), Is.EqualTo(new[] { $"{Prefix}1.json" }), "raw data is unchanged");
    }

    [Test]
    public void Pipeline_WithTheRoleOfTheApi_IsDeniedRawData()
    {
        using var task = new ServiceTask(Hoopstat, Api, ("S3_BUCKET_RAW_DATA", Raw));

        Run end = RunPipeline(task);
        Assert.That(end.ExitCode, Is.EqualTo(1), end.Output);
        Assert.That(end.Output, Does.Contain("AccessDenied"));
    }

    [Test]
    public void Pipeline_WithoutItsVariables_NamesThem()
    {
        Run end = Hoopstat.Sandbox.Start(
            _python.Interpreter, ["-m", "data_pipeline"], _python.Variables($"{Apps}/shared", $"{Apps}/{Pipeline}")).Wait();

        Assert.That(end.ExitCode, Is.EqualTo(2));
        Assert.That(end.Output.Trim(), Is.EqualTo(
            "missing environment variables: AWS_REGION, PROJECT, ENVIRONMENT, SERVICE, ECR_REPOSITORY, DISCOVERY_PATH; "
                + "docs/discovery.md describes them"));
    }

    [Test]
    public async Task Api_ServesWhatThePipelineWrote()
    {
        using AmazonS3Client s3 = Hoopstat.Sandbox.Access(Hoopstat.Config.Account, Hoopstat.Config.Region).S3();
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Raw, Key = "games/1.json", ContentBody = Game });
        using (var pipeline = new ServiceTask(Hoopstat, Pipeline))
            Assert.That(RunPipeline(pipeline, prefix: "").ExitCode, Is.Zero);
        using var task = new ServiceTask(Hoopstat, Api);
        int port = LoopbackPort.Next();
        Running api = Hoopstat.Sandbox.Start(_python.Interpreter, ["-m", "stats_api"],
        [
            .. task.Variables, .. _python.Variables($"{Apps}/shared", $"{Apps}/{Api}"),
            ("PORT", port.ToString(CultureInfo.InvariantCulture)),
        ]);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        try
        {
            Assert.That(() => Get("/health"), Is.EqualTo((HttpStatusCode.OK, """{"alive":true}""")).After(600).Seconds.PollEvery(200)
                .MilliSeconds, api.Output);
            Assert.That(Get("/health/ready"), Is.EqualTo((HttpStatusCode.OK, """{"ready":true,"reasons":[]}""")), api.Output);
            (HttpStatusCode status, string body) = Get("/standings");
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), api.Output);
            Assert.That((int?)JObject.Parse(body)["games"], Is.GreaterThanOrEqualTo(1));
            Assert.That(Get("/teams/owls").Status, Is.EqualTo(HttpStatusCode.OK));
        }
        finally
        {
            api.Interrupt();
            Assert.That(api.Wait().Output, Does.Contain("\"message\": \"GET /standings: 200\"").And.Contain("\"Latency\""));
        }

        (HttpStatusCode Status, string Body) Get(string path)
        {
            try
            {
                using HttpResponseMessage answer = http.Send(new HttpRequestMessage(HttpMethod.Get, path));
                using var reader = new StreamReader(answer.Content.ReadAsStream());
                return (answer.StatusCode, reader.ReadToEnd());
            }
            catch (HttpRequestException e)
            {
                return (default, e.Message);
            }
        }
    }

    [Test]
    public void Discovery_IsReadByThePipeline()
    {
        using var task = new ServiceTask(Hoopstat, Pipeline);
        const string read = "from hoopstat_shared import aws, config, discovery; s = config.Settings.read(); "
            + "print(discovery.read_all(aws.client('ssm', s), s)['buckets/raw-data'])";
        Run end = Hoopstat.Sandbox.Start(
            _python.Interpreter, ["-c", read], [.. task.Variables, .. _python.Variables($"{Apps}/shared")]).Wait();

        Assert.That(end.Output.Trim(), Is.EqualTo(Raw));
    }

    private Run RunPipeline(ServiceTask task, string prefix = Prefix) => Hoopstat.Sandbox.Start(
        _python.Interpreter, ["-m", "data_pipeline", "--prefix", prefix],
        [.. task.Variables, .. _python.Variables($"{Apps}/shared", $"{Apps}/{Pipeline}")]).Wait();
}
