using Amazon.Runtime;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Aws;

internal sealed class AwsApiTests
{
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private FakeAws _aws = null!;
    private List<TimeSpan> _waits = null!;

    [SetUp]
    public void SetUp()
    {
        _aws = new FakeAws();
        _waits = [];
    }

    [TearDown]
    public void TearDown() => _aws.Dispose();

    [Test]
    public void SignatureCheck_VectorOfAws_IsMet()
    {
        // get-vanilla of AWS's Signature Version 4 test suite.
        var headers = new Dictionary<string, string> { ["host"] = "example.amazonaws.com", ["x-amz-date"] = "20150830T123600Z" };
        Assert.That(
            SignatureCheck.Expected("GET", "/", headers, ["host", "x-amz-date"], "", SecretKey, "20150830/us-east-1/service/aws4_request"),
            Is.EqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"));
    }

    [Test]
    public async Task JsonAsync_Action_SendsTargetTypeBodyTokenAndAValidSignature()
    {
        _aws.Tell("""{ "Parameter": { "Value": "none", "LastModifiedDate": 1.7e9 } }""");
        JObject answer = await Api("ssm", token: "session-token").JsonAsync("GetParameter", new JObject { ["Name"] = "/dev/acme/ä" });

        FakeAws.Request request = _aws.Requests.Single();
        (string scope, string signature, string expected) = SignatureCheck.Of(request, SecretKey);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)answer.SelectToken("Parameter.Value"), Is.EqualTo("none"));
            Assert.That(request.Headers["x-amz-target"], Is.EqualTo("AmazonSSM.GetParameter"));
            Assert.That(request.Headers["content-type"], Is.EqualTo("application/x-amz-json-1.1"));
            Assert.That(request.Headers["x-amz-security-token"], Is.EqualTo("session-token"));
            Assert.That(request.Headers["authorization"], Does.Contain("x-amz-security-token").And.Contain("x-amz-target"), "signed, too");
            Assert.That(scope, Does.EndWith("/us-east-2/ssm/aws4_request"));
            Assert.That(signature, Is.EqualTo(expected));
            Assert.That((string?)request.Json["Name"], Is.EqualTo("/dev/acme/ä"));
        }
    }

    [Test]
    public async Task QueryAsync_Action_SendsAFormAndReadsXmlWithoutNamespaces()
    {
        _aws.Tell("DescribeTargetHealth",
            """<R xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><S><State>healthy</State></S></R>""");
        var answer = await Api("elasticloadbalancing")
            .QueryAsync("DescribeTargetHealth", new Dictionary<string, string> { ["TargetGroupArn"] = "arn:aws:x:y/z a" });

        FakeAws.Request request = _aws.Requests.Single();
        (_, string signature, string expected) = SignatureCheck.Of(request, SecretKey);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Descendants("State").Single().Value, Is.EqualTo("healthy"));
            Assert.That(
                request.Body, Is.EqualTo("Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn=arn%3Aaws%3Ax%3Ay%2Fz%20a"));
            Assert.That(signature, Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task RestAsync_PathWithAnArnAndAQuery_EscapesAndSignsThem()
    {
        _aws.Tell("""{ "Version": 3 }""");
        string layer = "arn:aws:lambda:us-east-2:111111111111:layer:dev/flask";
        JObject answer = await Api("lambda").RestAsync(
            HttpMethod.Get, $"/2018-10-31/layers/{layer}/versions",
            query: new Dictionary<string, string> { ["MaxItems"] = "5", ["Compatible Runtime"] = "python3.12" });

        FakeAws.Request request = _aws.Requests.Single();
        (string scope, string signature, string expected) = SignatureCheck.Of(request, SecretKey);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)answer["Version"]!, Is.EqualTo(3));
            Assert.That(request.RawUrl,
                Does.StartWith("/2018-10-31/layers/arn%3Aaws%3Alambda%3Aus-east-2%3A111111111111%3Alayer%3Adev%2Fflask/versions?"));
            Assert.That(scope, Does.EndWith("/us-east-2/lambda/aws4_request"));
            Assert.That(signature, Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task RestAsync_Body_IsSentAndSigned()
    {
        _aws.Tell("");
        JObject answer = await Api("scheduler").RestAsync(HttpMethod.Put, $"/schedules/{"down"}", new JObject { ["State"] = "DISABLED" });

        FakeAws.Request request = _aws.Requests.Single();
        (_, string signature, string expected) = SignatureCheck.Of(request, SecretKey);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.Empty);
            Assert.That(request.Action, Is.EqualTo("PUT /schedules/down"));
            Assert.That(request.Body, Is.EqualTo("""{"State":"DISABLED"}"""));
            Assert.That(signature, Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task JsonAsync_Throttled_RetriesWithBackoff()
    {
        _aws.Tell("""{ "__type": "ThrottlingException", "message": "Rate exceeded" }""", 400).Tell("", 503).Tell("""{ "ok": true }""");
        JObject answer = await Api("ecs").JsonAsync("ListServices");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool)answer["ok"]!, Is.True);
            Assert.That(_aws.Requests, Has.Count.EqualTo(3));
            Assert.That(_waits[0].TotalSeconds, Is.InRange(0, 1));
            Assert.That(_waits[1].TotalSeconds, Is.InRange(0, 2));
        }
    }

    // min(b * 2^i, 20 s): https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    [TestCase(1, 1, 1)]
    [TestCase(2, 0.5, 1)]
    [TestCase(4, 0.75, 6)]
    [TestCase(9, 1, 20)]
    public void Backoff_Attempt_IsThatOfTheStandardRetryMode(int attempt, double random, double seconds) =>
        Assert.That(SignedRequests.Backoff(attempt, random).TotalSeconds, Is.EqualTo(seconds));

    [Test]
    public async Task JsonAsync_TypedInput_HasTheServicesNamesAndNoNulls()
    {
        _aws.Tell("""{ "tasks": [{ "taskArn": "arn", "containers": [{ "name": "web", "exitCode": 3 }] }] }""");
        IReadOnlyList<EcsTask> tasks = (await Api("ecs").JsonAsync<IReadOnlyList<EcsTask>>(
            "ListTasks", new ListTasksRequest("acme-dev", StartedBy: "release"), "tasks"))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_aws.Requests.Single().Body, Is.EqualTo("""{"cluster":"acme-dev","startedBy":"release"}"""));
            Assert.That(tasks.Single().Containers!.Single(), Is.EqualTo(new EcsContainer("web", 3, null)));
        }
    }

    [Test]
    public void JsonAsync_AlwaysDown_GivesUpAfterFiveAttempts()
    {
        _aws.Always("ListServices", _ => new FakeAws.Answer("<html>bad gateway</html>", 502));
        AwsApiException failure = Assert.ThrowsAsync<AwsApiException>(() => Api("ecs").JsonAsync("ListServices"))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_aws.Requests, Has.Count.EqualTo(SignedRequests.Attempts));
            Assert.That(failure.Code, Is.EqualTo("HTTP 502"));
        }
    }

    [TestCase("""{ "__type": "com.amazonaws.ssm#ParameterNotFound", "Message": "no such" }""", "ParameterNotFound", "no such")]
    [TestCase("""{ "__type": "ResourceNotFoundException", "message": "gone" }""", "ResourceNotFoundException", "gone")]
    [TestCase(
        "<E xmlns=\"urn:x\"><Error><Code>LoadBalancerNotFound</Code><Message>none</Message></Error></E>", "LoadBalancerNotFound", "none")]
    public void JsonAsync_Error_ThrowsCodeAndMessageWithoutRetry(string body, string code, string reason)
    {
        _aws.Tell(body, 400);
        AwsApiException failure = Assert.ThrowsAsync<AwsApiException>(() => Api("ssm").JsonAsync("GetParameter"))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Code, Is.EqualTo(code));
            Assert.That(failure.Reason, Is.EqualTo(reason));
            Assert.That(failure.Message, Is.EqualTo($"AWS ssm GetParameter: {code}: {reason}"));
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(_waits, Is.Empty);
        }
    }

    [Test]
    public void RestAsync_CodeInTheHeader_IsRead()
    {
        var headers = new Dictionary<string, string> { ["x-amzn-ErrorType"] = "ResourceConflictException:http://internal.amazon.com/" };
        _aws.Tell("*", _ => new FakeAws.Answer("""{ "Message": "busy" }""", 409, headers));
        AwsApiException failure = Assert.ThrowsAsync<AwsApiException>(() => Api("lambda").RestAsync(HttpMethod.Get, $"/functions"))!;
        Assert.That((failure.Code, failure.Reason), Is.EqualTo(("ResourceConflictException", "busy")));
    }

    [Test]
    public void JsonAsync_NotReached_NamesTheEndpoint()
    {
        Uri url = _aws.Url;
        _aws.Dispose();
        var api = new AwsApi(AwsService.Of("ecs"), "us-east-2", new BasicAWSCredentials("111111111111", SecretKey), url, DoNotWait);
        AwsApiException failure = Assert.ThrowsAsync<AwsApiException>(() => api.JsonAsync("ListServices"))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Code, Is.EqualTo(AwsApiException.Unreachable));
            Assert.That(failure.Reason, Does.Contain("127.0.0.1"));
            Assert.That(_waits, Has.Count.EqualTo(SignedRequests.Attempts - 1));
        }
    }

    [Test]
    public async Task PagesAsync_Token_IsFollowedToTheEnd()
    {
        _aws.Tell("""{ "page": 1, "NextToken": "two" }""").Tell("""{ "page": 2 }""");
        var pages = new List<int>();
        await foreach (JObject page in Api("ssm").PagesAsync("GetParameterHistory", new JObject { ["Name"] = "x" }, "NextToken"))
            pages.Add((int)page["page"]!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pages, Is.EqualTo(new[] { 1, 2 }));
            Assert.That(_aws.Sent("GetParameterHistory").Select(body => (string?)body["NextToken"]), Is.EqualTo(new[] { null, "two" }));
        }
    }

    [TestCase("ecr", "https://api.ecr.us-east-2.amazonaws.com/")]
    [TestCase("bedrock-agentcore", "https://bedrock-agentcore.us-east-2.amazonaws.com/")]
    [TestCase("iam", "https://iam.amazonaws.com/")]
    public void Endpoint_Service_IsAwss(string service, string endpoint) =>
        Assert.That(AwsApi.EndpointOf(AwsService.Of(service), "us-east-2").ToString(), Is.EqualTo(endpoint));

    [Test]
    public void Of_UnknownService_ListsTheAvailable() =>
        Assert.That(() => AwsService.Of("braket"), Throws.ArgumentException.With.Message.Contains("secretsmanager"));

    private AwsApi Api(string service, string? token = null) => new(
        AwsService.Of(service),
        "us-east-2",
        token is null ? new BasicAWSCredentials("111111111111", SecretKey) : new SessionAWSCredentials("111111111111", SecretKey, token),
        _aws.Url,
        DoNotWait);

    private Task DoNotWait(TimeSpan time, CancellationToken cancellation)
    {
        _waits.Add(time);
        return Task.CompletedTask;
    }
}
