using System.Net;
using System.Text;
using Amazon.Runtime;
using Infra.Tests.Support;

namespace Infra.Tests.Emulator;

/// <summary>
/// Serves a role's credentials on loopback, like the endpoint in the container of a build.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
/// </summary>
internal sealed class ContainerCredentials : IDisposable
{
    private readonly HttpListener _listener = new();

    public ContainerCredentials(RoleSession session)
    {
        ImmutableCredentials keys = session.Credentials.GetCredentials();
        Url = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _ = AnswerAsync(
            $$"""{ "AccessKeyId": "{{keys.AccessKey}}", "SecretAccessKey": "{{keys.SecretKey}}", "Token": "{{keys.Token}}", "Expiration": "2099-01-01T00:00:00Z" }""");
    }

    public Uri Url { get; }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync(string credentials)
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(credentials));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
