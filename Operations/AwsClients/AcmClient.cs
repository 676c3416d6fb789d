using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of AWS Certificate Manager in one Region. https://docs.aws.amazon.com/acm/latest/APIReference/API_Operations.html
/// </summary>
internal sealed class AcmClient
{
    private readonly AwsApi _api;

    private AcmClient(AwsAccess access, string region) => _api = access.Api("acm", region);

    /// <summary>The client for a certificate's Region: CloudFront's certificates are in us-east-1, whatever the environment's.</summary>
    public static AcmClient Of(AwsAccess access, string certificateArn) => new(access, certificateArn.Split(':')[3]);

    public async Task<AcmCertificate> DescribeCertificateAsync(string arn, CancellationToken cancellation) =>
        (await _api.JsonAsync<AcmCertificate>("DescribeCertificate", new { CertificateArn = arn }, "Certificate", cancellation))!;
}

/// <summary>A certificate.</summary>
/// <param name="DomainName">Its domain.</param>
/// <param name="Status">Its status: <c>ISSUED</c>, <c>PENDING_VALIDATION</c>.</param>
internal sealed record AcmCertificate(string DomainName, string Status);
