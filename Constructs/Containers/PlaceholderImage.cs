using Infra.Constructs.Secrets;
using Newtonsoft.Json;

namespace Infra.Constructs.Containers;

/// <summary>
/// What a service runs before its first release: a public image that answers every path with 200, so that a first deployment
/// is healthy although no image of one's own exists.
/// </summary>
internal static class PlaceholderImage
{
    /// <summary>By tag, alone among images: it holds nothing of ours and is gone with the first release.</summary>
    public const string Public = "public.ecr.aws/docker/library/python:3.13-alpine";

    /// <summary>Terraform's expression, without <c>${}</c>, of the image to run.</summary>
    /// <param name="digest">Expression of the digest in the release ledger, without <c>${}</c>.</param>
    /// <param name="repositoryUrl">Repository of the service's own image.</param>
    public static string Image(string digest, string repositoryUrl) =>
        $"{digest} == \"{ReleaseLedgerEntry.NothingReleased}\" ? \"{Public}\" : \"{repositoryUrl}@${{{digest}}}\"";

    /// <summary>Terraform's expression, without <c>${}</c>, of a command that makes the placeholder listen; null once there is a release.</summary>
    public static string Command(string digest, int port) =>
        $"{digest} == \"{ReleaseLedgerEntry.NothingReleased}\" ? {JsonConvert.SerializeObject(new[] { "python", "-c", Server(port) })} : null";

    private static string Server(int port) => string.Join('\n',
        "from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer",
        "class Placeholder(BaseHTTPRequestHandler):",
        "    def do_GET(self):",
        "        self.send_response(200)",
        "        self.send_header('Content-Type', 'text/plain')",
        "        self.end_headers()",
        "        self.wfile.write(b'No release yet.')",
        $"ThreadingHTTPServer(('', {port}), Placeholder).serve_forever()");
}
