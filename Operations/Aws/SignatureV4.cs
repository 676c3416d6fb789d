using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace Infra.Operations.Aws;

/// <summary>
/// Signs a request with Signature Version 4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// The SDK's own signer is in a namespace for internal use.
/// </summary>
internal static class SignatureV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds the date, the session token and the signature; every header that the request has is signed.</summary>
    /// <param name="request">Request with all its other headers.</param>
    /// <param name="body">Its body.</param>
    /// <param name="keys">Access key to sign with.</param>
    /// <param name="region">Region of the endpoint.</param>
    /// <param name="service">Signing name of the service.</param>
    /// <param name="now">Time of the request, in UTC.</param>
    public static void Sign(
        HttpRequestMessage request, byte[] body, ImmutableCredentials keys, string region, string service, DateTime now)
    {
        string time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        if (keys.UseToken)
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", keys.Token);
        SortedDictionary<string, string> headers = Headers(request);
        string signed = string.Join(';', headers.Keys);
        string canonical = string.Join('\n',
            request.Method.Method,
            // For all services except S3, the escaped path is escaped a second time.
            string.Join('/', request.RequestUri!.AbsolutePath.Split('/').Select(Uri.EscapeDataString)),
            Query(request.RequestUri),
            string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")),
            signed,
            Convert.ToHexStringLower(SHA256.HashData(body)));

        string[] scope = [time[..8], region, service, "aws4_request"];
        string toSign = string.Join('\n',
            Algorithm, time, string.Join('/', scope), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        byte[] key = scope.Aggregate(Encoding.UTF8.GetBytes("AWS4" + keys.SecretKey), Hmac);
        request.Headers.TryAddWithoutValidation("Authorization",
            $"{Algorithm} Credential={keys.AccessKey}/{string.Join('/', scope)}, SignedHeaders={signed}, "
                + $"Signature={Convert.ToHexStringLower(Hmac(key, toSign))}");
    }

    private static SortedDictionary<string, string> Headers(HttpRequestMessage request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        foreach (var each in request.Content is { } content
            ? request.Headers.NonValidated.Concat(content.Headers.NonValidated)
            : request.Headers.NonValidated)
            headers[each.Key.ToLowerInvariant()] = string.Join(',', each.Value.Select(value =>
                string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        return headers;
    }

    private static string Query(Uri uri) => string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(each => each.Split('=', 2))
        .Select(each => (Name: each[0], Value: each.Length == 2 ? each[1] : ""))
        .OrderBy(each => each.Name, StringComparer.Ordinal).ThenBy(each => each.Value, StringComparer.Ordinal)
        .Select(each => $"{each.Name}={each.Value}"));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
