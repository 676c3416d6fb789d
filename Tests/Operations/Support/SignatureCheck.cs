using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Infra.Tests.Operations.Support;

/// <summary>
/// Signature Version 4 implemented from its specification
/// (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html), independent of the SDK's signer: computes the
/// expected signature of a received request.
/// </summary>
internal static class SignatureCheck
{
    /// <param name="method">Method.</param>
    /// <param name="rawUrl">Path and query as sent.</param>
    /// <param name="headers">Headers by lower-case name.</param>
    /// <param name="signedHeaders">Names that are signed, in order.</param>
    /// <param name="body">Body.</param>
    /// <param name="secretKey">Secret key.</param>
    /// <param name="scope">Date, region, service: <c>20150830/us-east-1/service/aws4_request</c>.</param>
    public static string Expected(
        string method, string rawUrl, IReadOnlyDictionary<string, string> headers, IReadOnlyList<string> signedHeaders, string body,
        string secretKey, string scope)
    {
        string[] url = rawUrl.Split('?', 2);
        // For all services except S3 the escaped path is escaped a second time.
        string path = string.Join('/', url[0].Split('/').Select(Uri.EscapeDataString));
        string query = url.Length == 1 ? "" : string.Join('&', url[1].Split('&').Order(StringComparer.Ordinal));
        string canonicalHeaders = string.Concat(signedHeaders.Select(name => $"{name}:{headers[name].Trim()}\n"));
        string request =
            string.Join('\n', method, path, query, canonicalHeaders, string.Join(';', signedHeaders),
                Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        string toSign =
            string.Join('\n', "AWS4-HMAC-SHA256", headers["x-amz-date"], scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request))));
        byte[] key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), Hmac);
        return Hex(Hmac(key, toSign));
    }

    /// <summary>The signature of a request, and the expected one.</summary>
    public static (string Scope, string Is, string ShouldBe) Of(FakeAws.Request request, string secretKey)
    {
        Dictionary<string, string> parts = request.Headers["authorization"]["AWS4-HMAC-SHA256 ".Length..].Split(',')
            .Select(part => part.Trim().Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        string scope = parts["Credential"].Split('/', 2)[1];
        string shouldBe =
            Expected(request.Method, request.RawUrl, request.Headers, parts["SignedHeaders"].Split(';'), request.Body, secretKey, scope);
        return (scope, parts["Signature"], shouldBe);
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(each => each.ToString("x2", CultureInfo.InvariantCulture)));
}
