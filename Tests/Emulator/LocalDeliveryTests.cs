using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Infra.Operations.Aws;
using Infra.Tests.Operations.Layers;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// Layers are built and deployed by name, from Git submodules, by CI and by a person with the role for local tests, who may do no more.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class LocalDeliveryTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-2";
    private const string Environment = "examples/python-frameworks/dev.json";
    private const string LocalRole = $"arn:aws:iam::{Account}:role/python-frameworks-dev-local-delivery";
    private const string WorkflowRole = $"arn:aws:iam::{Account}:role/python-frameworks-dev-github-delivery";
    private const string DeployRole = $"arn:aws:iam::{Account}:role/python-frameworks-dev-infra-apply";

    private readonly Sandbox _sandbox = new();
    private IamUser _ada = null!;
    private IamUser _bob = null!;

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        string[] choice = ["--env", Environment, "--emulator", "--yes"];
        _sandbox.Expect(0, ["bootstrap", .. choice]);
        _sandbox.ExpectAs(Job(DeployRole), 0, ["deploy", "base", .. choice]);
        AwsApi iam = _sandbox.Access(Account, Region).Api("iam");
        _ada = await IamUser.CreateAsync(iam, "ada", mayAssume: LocalRole);
        _bob = await IamUser.CreateAsync(iam, "bob", mayAssume: LocalRole);
    }

    [OneTimeTearDown]
    public void Remove() => _sandbox.Dispose();

    [Test, Order(1), Property("Row", "P-L3")]
    public async Task Component_IsBuiltFromItsSubmodule_AndPublishedWhenTheSubmoduleMoves()
    {
        using SubmoduleRepository repository = await SubmoduleRepository.CreateAsync(
            "frameworks/da_flask", framework => framework.Write("src/da_flask/__init__.py", "__version__ = \"1\"\n"));
        string file = _sandbox.Environment("dev", $$"""
            {
              "extends": "{{Path.Combine(Sandbox.Root, Environment)}}",
              "layers": { "da-framework-layer": { "component": null, "content": null, "sources": ["frameworks/da_flask/src/**"] },
                "da-flask-layer": { "content": { "python": "frameworks/da_flask/src" } } }
            }
            """);
        Run Deploy(int exitCode, params string[] further) => _sandbox.ExpectAs(
            Job(WorkflowRole), exitCode,
            ["layer", "deploy", "--env", file, "--emulator", "--yes", "--root", repository.Root, "da_flask", .. further]);

        string first = await repository.CommitAsync();
        Assert.That(Deploy(0).Output, Does.Contain($"dev-da-flask-layer: from frameworks/da_flask at {first[..7]}")
            .And.Contain("version 1 published (the first version;").And.Contain("python3.10)").And.Not.Contain("da-framework-layer"));
        Assert.That(Deploy(0).Output, Does.Contain("nothing to publish, version 1 has these sources"));

        await repository.MoveAsync(framework => framework.Write("src/da_flask/__init__.py", "__version__ = \"2\"\n"));
        Assert.That(Deploy(5, "--dry-run").Output, Does.Contain("would be published (changed since version 1)"));
        Assert.That(Deploy(0).Output, Does.Contain("version 2 published (changed since version 1;"));

        await repository.CheckOutAsync(first);
        Assert.That(Deploy(2).Output, Does.Contain($"submodule frameworks/da_flask is checked out at {first[..7]}"));
    }

    [Test, Order(2), Property("Row", "P-L3"), Property("Row", "P-L4")]
    public void Person_DeploysAComponentWithAProfile_AfterSigningInWithMfa()
    {
        string[] command = ["layer", "deploy", "--env", "dev", "--profile", "github-deploy", "da_flask", "--yes"];

        Run without = Infra(_ada, null, command);
        Run wrong = Infra(_ada, _ada.WrongCode(), command);
        Run other = Infra(_bob, _bob.NextCode(), command);
        Run right = Infra(_ada, _ada.NextCode(), command);

        Assert.Multiple(() =>
        {
            Assert.That((without.ExitCode, without.Output), Is.EqualTo((3, without.Output)));
            Assert.That(without.Output, Does.Contain("set INFRA_MFA_CODE to its current code"));
            Assert.That(wrong.ExitCode, Is.EqualTo(3), wrong.Output);
            Assert.That(wrong.Output, Does.Contain("MultiFactorAuthentication failed with invalid MFA one time pass code"));
            Assert.That(other.ExitCode, Is.EqualTo(3), other.Output);
            Assert.That(other.Output, Does.Contain("is not authorized to perform: sts:AssumeRole"), "the role trusts only ada");
            Assert.That(right.ExitCode, Is.Zero, right.Output);
            Assert.That(right.Output, Does.Match("dev-da-flask-layer: version [0-9]+ published"));
        });
    }

    [Test, Order(3), Property("Row", "P-L4")]
    public async Task Person_MayDoWhatTheWorkflowMay_AndNothingElse()
    {
        RoleSession person = await AssumeAsync(_ada);
        RoleSession workflow = Job(WorkflowRole);
        (string Name, bool Allowed, Func<AwsAccess, Task> Request)[] requests =
        [
            ("list versions", true,
                access => access.Api("lambda").RestAsync(HttpMethod.Get, $"/2018-10-31/layers/dev-da-flask-layer/versions")),
            ("read the artifacts", true, access => S3(access, s3 => s3.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = $"{Account}-code-deployment", Prefix = "python-frameworks/" }))),
            ("read the ledger", true, access => access.Api("ssm").JsonAsync("GetParameter",
                new JObject { ["Name"] = "/dev/python-frameworks/layers/da-flask-layer" })),
            ("list the bucket", false, access => S3(access, s3 => s3.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = $"{Account}-code-deployment" }))),
            ("publish another layer", false, access => access.Api("lambda").RestAsync(
                HttpMethod.Post, $"/2018-10-31/layers/other-layer/versions", new JObject
                {
                    ["Content"] = new JObject { ["ZipFile"] = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" },
                })),
            ("list functions", false, access => access.Api("lambda").RestAsync(HttpMethod.Get, $"/2015-03-31/functions")),
            ("read a role", false, access => access.Api("iam").QueryAsync(
                "GetRole", new Dictionary<string, string> { ["RoleName"] = "python-frameworks-dev-local-delivery" })),
            ("read the state", false, access => S3(access, s3 => s3.GetObjectAsync(
                $"python-frameworks-tfstate-{Account}", "python-frameworks/dev/base"))),
        ];

        Assert.Multiple(async () =>
        {
            foreach ((string name, bool allowed, Func<AwsAccess, Task> request) in requests)
                foreach (RoleSession session in new[] { workflow, person })
                    Assert.That(
                        await IsAllowedAsync(() => request(AwsAccess.ToEmulator(_sandbox.Emulator, Account, Region, session.Credentials))),
                        Is.EqualTo(allowed), $"{session.RoleArn}: {name}");
        });
        Run deploy = _sandbox.InfraAs(person, "deploy", "base", "--env", Environment, "--emulator", "--yes");
        Assert.That(deploy.ExitCode, Is.Not.Zero, "the role delivers layers, and changes no infrastructure");
    }

    private RoleSession Job(string role) => RoleSession.OfJob(
        _sandbox.Emulator, Region, role, JobClaims.Deploying("acme/python-frameworks", "sandbox", "test"));

    /// <summary>Runs <c>./infra</c> as in AWS: with a profile of the user, whose endpoint is the local AWS.</summary>
    private Run Infra(IamUser user, string? code, string[] command)
    {
        string credentials = _sandbox.Work($"credentials-{user.Name}");
        File.WriteAllText(credentials, $"""
            [{user.Name}]
            aws_access_key_id = {user.AccessKeyId}
            aws_secret_access_key = {user.SecretAccessKey}
            region = {Region}

            [github-deploy]
            role_arn = {LocalRole}
            source_profile = {user.Name}
            mfa_serial = {user.MfaSerial}
            region = {Region}

            """);
        return _sandbox.Start(
            Path.Combine(Sandbox.Root, "infra"), command,
            ("AWS_SHARED_CREDENTIALS_FILE", credentials), ("AWS_CONFIG_FILE", _sandbox.Work("no-config")),
            ("AWS_ENDPOINT_URL", _sandbox.Emulator.ToString().TrimEnd('/')), ("AWS_REGION", Region),
            ("INFRA_ENVIRONMENTS", Path.Combine(Sandbox.Root, "examples", "python-frameworks")), ("INFRA_MFA_CODE", code ?? "")).Wait();
    }

    private async Task<RoleSession> AssumeAsync(IamUser user)
    {
        using var sts = new AmazonSecurityTokenServiceClient(
            new BasicAWSCredentials(user.AccessKeyId, user.SecretAccessKey),
            new AmazonSecurityTokenServiceConfig { ServiceURL = _sandbox.Emulator.ToString(), AuthenticationRegion = Region });
        Credentials issued = (await sts.AssumeRoleAsync(new AssumeRoleRequest
        {
            RoleArn = LocalRole,
            RoleSessionName = user.Name,
            SerialNumber = user.MfaSerial,
            TokenCode = user.Code(),
        })).Credentials;
        var credentials = new SessionAWSCredentials(issued.AccessKeyId, issued.SecretAccessKey, issued.SessionToken);
        return new RoleSession(LocalRole, () => credentials);
    }

    private static async Task S3(AwsAccess access, Func<AmazonS3Client, Task> request)
    {
        using AmazonS3Client s3 = access.S3();
        await request(s3);
    }

    private static async Task<bool> IsAllowedAsync(Func<Task> request)
    {
        try
        {
            await request();
            return true;
        }
        catch (Exception e) when (e is AwsApiException { IsAccessDenied: true } or AmazonS3Exception { ErrorCode: "AccessDenied" })
        {
            return false;
        }
    }
}
