using Infra.Configuration.Model;
using Infra.Operations.AwsClients;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Account;

/// <summary>Certificates are issued.</summary>
internal sealed class CertificatesIssued() : AccountCheck("certificates", "All certificates are issued")
{
    public override string? NotApplicable(EnvironmentConfig config) => config.Domain is null ? "no domain" : null;

    public override async Task<CheckResult> CheckAsync(AccountAccess account, CancellationToken cancellation)
    {
        IReadOnlyList<string> arns = await account.ArnsAsync("aws_acm_certificate", cancellation);
        if (arns.Count == 0)
            return CheckResult.NotMet("no certificate is deployed", $"./infra domain --env {account.Config.Name}");
        var pending = new List<string>();
        foreach (string arn in arns)
        {
            AcmCertificate certificate = await AcmClient.Of(account.Access, arn).DescribeCertificateAsync(arn, cancellation);
            if (certificate.Status != "ISSUED")
                pending.Add($"{certificate.DomainName} is {certificate.Status}");
        }

        return CheckResult.None(
            pending, $"{arns.Count} issued", $"./infra domain --env {account.Config.Name} shows the DNS records that are missing");
    }
}
