using System.Net;
using Infra.Operations.Aws;
using Infra.Tests.Emulator;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// The sample service as the tasks of system H, on the local AWS to which it is deployed: with the variables of their task definitions, and
/// with the credentials of their task roles, from a container credentials endpoint.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[Property("Row", "H8"), Property("Row", "S10")]
internal sealed class HelloTaskRoleTests
{
    private const string Pipeline = "data-pipeline";
    private const string Api = "stats-api";
    private const string Key = "standings/2026.json";
    private const string Content = """{"first":"owls"}""";

    // The application's response if S3 denies access.
    private static readonly (HttpStatusCode, string) Refused = (HttpStatusCode.BadGateway, """{"error":"AccessDenied"}""");

    private static AppliedEnvironment Hoopstat => AppliedEnvironment.Hoopstat;

    [Test]
    public void Pipeline_WritesAndReadsRawData()
    {
        using var task = new HelloTask(Pipeline, "S3_BUCKET_RAW_DATA");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => task.Hello.Get("/health/ready").Status, Is.EqualTo(HttpStatusCode.OK).After(60).Seconds.PollEvery(500).MilliSeconds);
            Assert.That(task.Hello.Put($"/objects/{Key}", Content).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(task.Hello.Get($"/objects/{Key}"), Is.EqualTo((HttpStatusCode.OK, Content)));
            Assert.That(task.Hello.Get("/objects").Body, Does.Contain(Key));
        }
    }

    [TestCase("S3_BUCKET_PROCESSED_DATA")]
    [TestCase("S3_BUCKET_BACKUP")]
    public void Pipeline_WritesWhatItDoesNotRead(string variable)
    {
        using var task = new HelloTask(Pipeline, variable);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.Hello.Put($"/objects/{Key}", Content).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(task.Hello.Get("/objects").Body, Does.Contain(Key));
            Assert.That(task.Hello.Get($"/objects/{Key}"), Is.EqualTo(Refused));
        }
    }

    [Test]
    public void Api_ReadsWhatThePipelineWrote_AndWritesNothing()
    {
        using (var pipeline = new HelloTask(Pipeline, "S3_BUCKET_PROCESSED_DATA"))
            Assert.That(pipeline.Hello.Put("/objects/of-the-pipeline", Content).Status, Is.EqualTo(HttpStatusCode.OK));
        using var api = new HelloTask(Api, "S3_BUCKET_NAME");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => api.Hello.Get("/health/ready").Status, Is.EqualTo(HttpStatusCode.OK).After(60).Seconds.PollEvery(500).MilliSeconds);
            Assert.That(api.Hello.Get("/objects/of-the-pipeline"), Is.EqualTo((HttpStatusCode.OK, Content)));
            Assert.That(api.Hello.Get("/objects").Body, Does.Contain("of-the-pipeline"));
            Assert.That(api.Hello.Put("/objects/of-the-pipeline", "{}"), Is.EqualTo(Refused));
            Assert.That(api.Hello.Put("/objects/of-the-api", "{}"), Is.EqualTo(Refused));
        }
    }

    [Test]
    public void Api_HasNoAccessToRawData()
    {
        using var api = new HelloTask(Api, "S3_BUCKET_NAME", ("S3_BUCKET_NAME", "hoopstat-haus-raw-data-prod"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => api.Hello.Get("/health/ready").Body,
                Is.EqualTo("""{"ready":false,"reason":"bucket: AccessDenied"}""").After(60).Seconds.PollEvery(500).MilliSeconds);
            Assert.That(api.Hello.Get($"/objects/{Key}"), Is.EqualTo(Refused));
        }
    }

    [Test, Property("Row", "H7")]
    public async Task Discovery_IsReadByThePipeline_NotByTheApi()
    {
        JArray found = (JArray)(await DiscoverAsync(Pipeline))["Parameters"]!;
        Assert.That(found.Select(parameter => (string?)parameter["Name"]), Does.Contain("/prod/hoopstat-haus/discovery/buckets/raw-data"));
        Assert.That(
            async () => await DiscoverAsync(Api),
            Throws.InstanceOf<AwsApiException>().With.Property(nameof(AwsApiException.Code)).EqualTo("AccessDeniedException"));
    }

    private static Task<JObject> DiscoverAsync(string service)
    {
        string path = ServiceTask.VariablesOf(Hoopstat, service)["DISCOVERY_PATH"];
        AwsAccess access = AwsAccess.ToEmulator(
            Hoopstat.Sandbox.Emulator, Hoopstat.Config.Account, Hoopstat.Config.Region,
            ServiceTask.SessionOf(Hoopstat, service).Credentials);
        return access.Api("ssm").JsonAsync("GetParametersByPath", new JObject { ["Path"] = path, ["Recursive"] = true });
    }

    /// <summary>The application as a task of a service, with the bucket of one of its variables.</summary>
    private sealed class HelloTask : IDisposable
    {
        private readonly ServiceTask _task;

        public HelloTask(string service, string bucketVariable, params (string Name, string Value)[] others)
        {
            string bucket = ServiceTask.VariablesOf(Hoopstat, service)[bucketVariable];
            _task = new ServiceTask(Hoopstat, service, [("S3_BUCKET_NAME", bucket), .. others]);
            Hello = HelloProcess.Serve(Hoopstat.Sandbox, _task.Variables);
        }

        public HelloProcess Hello { get; }

        public void Dispose()
        {
            Hello.Dispose();
            _task.Dispose();
        }
    }
}
