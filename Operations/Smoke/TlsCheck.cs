using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Infra.Operations.Smoke;

/// <summary>Checks the certificate of a host.</summary>
/// <param name="trust">Validates a certificate; null means the system's validation.</param>
internal sealed class TlsCheck(RemoteCertificateValidationCallback? trust = null)
{
    /// <returns>The failure; null if the certificate is trusted and valid long enough.</returns>
    public async Task<string?> LookAsync(string host, int port, int days, CancellationToken cancellation)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, cancellation);
            await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, trust);
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellation);
            using var certificate = new X509Certificate2(stream.RemoteCertificate!);
            int left = (int)(certificate.NotAfter.ToUniversalTime() - DateTime.UtcNow).TotalDays;
            return left < days ? $"the certificate of {host} is valid for {left} more days, expected at least {days}" : null;
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            return $"no TLS with {host}: {e.Message}";
        }
    }
}
