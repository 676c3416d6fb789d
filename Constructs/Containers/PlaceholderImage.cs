namespace Infra.Constructs.Containers;

/// <summary>
/// The image that a service runs before its first release: a public image that answers every path with 200, so that a first deployment
/// becomes healthy before an image of the application exists.
/// </summary>
internal static class PlaceholderImage
{
    /// <summary>
    /// The only image that is referenced by tag: it contains nothing of this project and is replaced by the first release.
    /// </summary>
    public const string Public = "public.ecr.aws/docker/library/python:3.13-alpine";

    /// <summary>Command that serves HTTP on a port, or waits for a signal if nothing listens.</summary>
    public static string[] Serve(int? port) => ["python", "-c", port is { } number ? Server(number) : "import signal; signal.pause()"];

    /// <summary>Command that does nothing and exits with 0, in place of a command that only the application's image has.</summary>
    public static string[] Nothing => ["true"];

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
