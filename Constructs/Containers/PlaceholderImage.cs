namespace Infra.Constructs.Containers;

/// <summary>
/// What a service runs before its first release: a public image that answers every path with 200, so that a first deployment
/// is healthy although no image of one's own exists.
/// </summary>
internal static class PlaceholderImage
{
    /// <summary>By tag, alone among images: it holds nothing of ours and is gone with the first release.</summary>
    public const string Public = "public.ecr.aws/docker/library/python:3.13-alpine";

    /// <summary>Command that serves on a port, or waits for the end where nothing listens.</summary>
    public static string[] Serve(int? port) => ["python", "-c", port is { } number ? Server(number) : "import signal; signal.pause()"];

    /// <summary>Command that does nothing and ends well, in place of one that only an image of one's own has.</summary>
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
