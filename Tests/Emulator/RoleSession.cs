using System.Diagnostics;
using System.Text;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Infra.Operations.Emulator;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Emulator;

/// <summary>
/// Temporary credentials of a role, issued by the local AWS's STS after the role's trust policy accepted the caller. They are renewed,
/// because they are valid for an hour, and tests on a slow machine can take longer.
/// </summary>
internal sealed class RoleSession
{
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Func<SessionAWSCredentials> _issue;
    private SessionAWSCredentials _credentials;
    private long _issued;

    /// <param name="roleArn">Role.</param>
    /// <param name="issue">Requests credentials from STS.</param>
    public RoleSession(string roleArn, Func<SessionAWSCredentials> issue)
    {
        RoleArn = roleArn;
        _issue = issue;
        _issued = Stopwatch.GetTimestamp();
        _credentials = issue();
    }

    public string RoleArn { get; }

    /// <summary>What STS issued.</summary>
    public SessionAWSCredentials Credentials
    {
        get
        {
            lock (_lock)
            {
                if (Stopwatch.GetElapsedTime(_issued) > RenewedAfter)
                {
                    _issued = Stopwatch.GetTimestamp();
                    _credentials = _issue();
                }

                return _credentials;
            }
        }
    }

    /// <summary>
    /// Variables that <c>configure-aws-credentials</c> would export, and the one that makes <c>./infra</c> use them on the local AWS.
    /// </summary>
    public IReadOnlyList<(string Name, string Value)> Variables
    {
        get
        {
            ImmutableCredentials keys = Credentials.GetCredentials();
            return
            [
                ("AWS_ACCESS_KEY_ID", keys.AccessKey), ("AWS_SECRET_ACCESS_KEY", keys.SecretKey), ("AWS_SESSION_TOKEN", keys.Token),
                (EmulatorSession.Variable, "1"),
            ];
        }
    }

    /// <summary>
    /// Credentials that an AWS service gets for a role that was passed to it, for a build or a task. The role's trust policy decides.
    /// </summary>
    /// <param name="emulator">Address of the local AWS.</param>
    /// <param name="service">Service principal: <c>codebuild.amazonaws.com</c>.</param>
    /// <param name="roleArn">Role.</param>
    /// <param name="sourceArn">The resource for which the service acts: the build's project, the cluster's tasks.</param>
    /// <exception cref="UnauthorizedAccessException">The role does not trust the service for that.</exception>
    public static RoleSession OfService(Uri emulator, string service, string roleArn, string sourceArn) => new(roleArn, () =>
    {
        using var http = new HttpClient();
        var request = new JObject { ["service"] = service, ["role"] = roleArn, ["sourceArn"] = sourceArn };
        using HttpResponseMessage answer = http.PostAsync(
            new Uri(emulator, "/_infra/service-session"), new StringContent(request.ToString(), Encoding.UTF8, "application/json"))
                .GetAwaiter().GetResult();
        JObject body = JObject.Parse(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        return answer.IsSuccessStatusCode
            ? new SessionAWSCredentials((string)body["AccessKeyId"]!, (string)body["SecretAccessKey"]!, (string)body["Token"]!)
            : throw new UnauthorizedAccessException((string?)body["message"]);
    });

    /// <summary>Assumes another role with this one.</summary>
    public RoleSession Assume(Uri emulator, string region, string roleArn) => new(roleArn, () =>
    {
        using var sts = Sts(Credentials, emulator, region);
        return Of(sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = roleArn, RoleSessionName = "infra" })
            .GetAwaiter().GetResult().Credentials);
    });

    /// <summary>Exchanges a job's token for credentials, as <c>aws-actions/configure-aws-credentials</c> does.</summary>
    /// <param name="emulator">Address of the local AWS.</param>
    /// <param name="region">Region of the request.</param>
    /// <param name="roleArn">Role to assume.</param>
    /// <param name="claims">Claims of the token.</param>
    /// <exception cref="UnauthorizedAccessException">The role's trust policy does not accept the token.</exception>
    public static RoleSession OfJob(Uri emulator, string region, string roleArn, JobClaims claims) => new(roleArn, () =>
    {
        using var sts = Sts(new AnonymousAWSCredentials(), emulator, region);
        try
        {
            return Of(sts.AssumeRoleWithWebIdentityAsync(new AssumeRoleWithWebIdentityRequest
            {
                RoleArn = roleArn,
                RoleSessionName = "GitHubActions",
                WebIdentityToken = claims.Token(),
            }).GetAwaiter().GetResult().Credentials);
        }
        catch (AmazonSecurityTokenServiceException e) when (e.ErrorCode is "AccessDenied" or "InvalidIdentityToken")
        {
            throw new UnauthorizedAccessException($"{roleArn} does not accept {claims}: {e.Message}", e);
        }
    });

    private static AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials, Uri emulator, string region) => new(
        credentials,
        new AmazonSecurityTokenServiceConfig { ServiceURL = emulator.ToString(), AuthenticationRegion = region, MaxErrorRetry = 0 });

    private static SessionAWSCredentials Of(Credentials issued) => new(issued.AccessKeyId, issued.SecretAccessKey, issued.SessionToken);
}

/// <summary>Claims of the token that GitHub issues to a job. https://docs.github.com/actions/reference/security/oidc</summary>
/// <param name="Repository">Repository of the workflow that runs: <c>acme/shop</c>.</param>
/// <param name="Ref">Ref of the run: <c>refs/heads/main</c>.</param>
/// <param name="EventName">Event of the run: <c>push</c>.</param>
/// <param name="Environment">GitHub environment of the job; empty for none.</param>
/// <param name="Workflow">
/// Repository, path and ref of the workflow file that the job is in: <c>acme/infra/.github/workflows/apply.yml@refs/heads/main</c>.
/// </param>
internal sealed record JobClaims(string Repository, string Ref, string EventName, string Environment, string Workflow)
{
    private const string Issuer = "https://token.actions.githubusercontent.com";

    /// <summary>A job that deploys an environment from its deployment branch.</summary>
    public static JobClaims Deploying(string repository, string environment, string branch = "main") =>
        new(repository, $"refs/heads/{branch}", "push", environment,
            $"{repository}/.github/workflows/apply-environment.yml@refs/heads/{branch}");

    /// <summary>A job that a schedule starts on a branch, without an environment.</summary>
    public static JobClaims Scheduled(string repository, string branch) =>
        new(repository, $"refs/heads/{branch}", "schedule", "", $"{repository}/.github/workflows/drift.yml@refs/heads/{branch}");

    public string Subject => $"repo:{Repository}:"
        + (Environment.Length > 0 ? $"environment:{Environment}" : EventName == "pull_request" ? "pull_request" : $"ref:{Ref}");

    /// <summary>The token; the local AWS does not verify its signature.</summary>
    public string Token()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var payload = new JObject
        {
            ["iss"] = Issuer,
            ["aud"] = "sts.amazonaws.com",
            ["sub"] = Subject,
            ["ref"] = Ref,
            ["repository"] = Repository,
            ["repository_owner"] = Repository.Split('/')[0],
            ["event_name"] = EventName,
            ["job_workflow_ref"] = Workflow,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        if (Environment.Length > 0)
            payload["environment"] = Environment;
        return $"{Part(new JObject { ["alg"] = "none", ["typ"] = "JWT" })}.{Part(payload)}.unsigned";
    }

    private static string Part(JObject content) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(content.ToString(Formatting.None))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
