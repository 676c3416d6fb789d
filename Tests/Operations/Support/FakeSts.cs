using System.Net;
using Infra.Tests.Support;

namespace Infra.Tests.Operations.Support;

/// <summary>A fake STS on the loopback interface that returns one account for GetCallerIdentity.</summary>
internal sealed class FakeSts : IDisposable
{
    private readonly HttpListener _listener = new();

    public FakeSts(string account, int status = 200)
    {
        Url = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _ = AnswerAsync(account, status);
    }

    public Uri Url { get; }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync(string account, int status)
    {
        const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";
        string body = status == 200
            ? $"<GetCallerIdentityResponse xmlns=\"{Namespace}\"><GetCallerIdentityResult><Arn>arn:aws:iam::{account}:user/ada</Arn>"
                + $"<UserId>AIDA</UserId><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
            : $"<ErrorResponse xmlns=\"{Namespace}\"><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code>"
                + "<Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>";
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                context.Response.StatusCode = status;
                context.Response.ContentType = "text/xml";
                await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
