using System.Globalization;
using System.Text;
using Amazon.Runtime;
using Infra.Operations.Aws;
using NUnit.Framework;

namespace Infra.Tests.Operations.Aws;

/// <summary>
/// Cases of AWS's Signature Version 4 test suite:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-test-suite.html
/// </summary>
internal sealed class SignatureV4Tests
{
    private const string Token =
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YU"
        + "uwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0"
        + "rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

    private static readonly DateTime Time = DateTime.Parse("2015-08-30T12:36:00Z", CultureInfo.InvariantCulture).ToUniversalTime();

    [TestCase("get-vanilla", "GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [TestCase("get-vanilla-query-order-key-case", "GET", "/?Param2=value2&Param1=value1",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [TestCase("get-vanilla-utf8-query", "GET", "/?ሴ=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [TestCase("get-unreserved", "GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f")]
    [TestCase("post-vanilla", "POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [TestCase("post-vanilla-query", "POST", "/?Param1=value1", "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11")]
    public void Sign_MethodPathAndQuery_IsAwss(string name, string method, string pathAndQuery, string signature)
    {
        using HttpRequestMessage request = Request(method, pathAndQuery);
        Assert.That(Signed(request), Is.EqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, "
                + $"Signature={signature}"), name);
    }

    [Test]
    public void Sign_Body_IsAwss()
    {
        byte[] body = Encoding.UTF8.GetBytes("Param1=value1");
        using HttpRequestMessage request = Request("POST", "/");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        Assert.That(Signed(request, body), Does.EndWith(
            "SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"), "post-x-www-form-urlencoded");
    }

    [Test]
    public void Sign_HeadersWithSpaces_IsAwss()
    {
        using HttpRequestMessage request = Request("GET", "/");
        request.Headers.TryAddWithoutValidation("My-Header1", " value1");
        request.Headers.TryAddWithoutValidation("My-Header2", " \"a   b   c\"");
        Assert.That(
            Signed(request), Does.EndWith("acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"), "get-header-value-trim");
    }

    [Test]
    public void Sign_SessionToken_IsAwss()
    {
        using HttpRequestMessage request = Request("POST", "/");
        Assert.That(
            Signed(request, token: Token), Does.EndWith("85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"),
            "post-sts-header-before");
        Assert.That(request.Headers.GetValues("X-Amz-Security-Token"), Is.EqualTo(new[] { Token }));
    }

    private static HttpRequestMessage Request(string method, string pathAndQuery) =>
        new(new HttpMethod(method), new Uri("https://example.amazonaws.com" + pathAndQuery));

    private static string Signed(HttpRequestMessage request, byte[]? body = null, string? token = null)
    {
        SignatureV4.Sign(
            request, body ?? [], new ImmutableCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token), "us-east-1",
            "service", Time);
        return request.Headers.GetValues("Authorization").Single();
    }
}
