using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.SecurityToken;
using Infra.Operations.Output;
using Infra.Operations.Processes;

namespace Infra.Operations.Aws;

/// <summary>Credentials, region and endpoint of an AWS account or of the emulator.</summary>
internal sealed class AwsAccess
{
    /// <summary>
    /// Variable with another endpoint of all services. The SDK's clients read it themselves.
    /// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    /// </summary>
    private const string EndpointVariable = "AWS_ENDPOINT_URL";

    private readonly AWSCredentials _credentials;
    private readonly Uri? _endpointOfServices;

    private AwsAccess(AWSCredentials credentials, string region, string source, Uri? endpoint, Uri? endpointOfServices = null)
    {
        _endpointOfServices = endpointOfServices ?? endpoint;
        _credentials = credentials;
        Endpoint = endpoint;
        Region = region;
        Source = source;
    }

    public string Region { get; }

    /// <summary>Where the credentials come from, as shown to the user: <c>profile acme-dev</c>.</summary>
    public string Source { get; }

    /// <summary>Endpoint of the emulator; null for AWS.</summary>
    public Uri? Endpoint { get; }

    /// <summary>
    /// Access to the emulator, which takes the account ID as the access key ID of its administrator and does not check the secret access
    /// key.
    /// </summary>
    /// <param name="endpoint">Endpoint of the emulator.</param>
    /// <param name="account">Account ID.</param>
    /// <param name="region">Region.</param>
    /// <param name="session">Credentials of a role; null means the administrator.</param>
    public static AwsAccess ToEmulator(Uri endpoint, string account, string region, AWSCredentials? session = null) =>
        new(session ?? new BasicAWSCredentials(account, "emulator"), region, "the emulator", endpoint);

    /// <summary>Access to a real account, with a named profile or the default credential chain.</summary>
    /// <param name="profile">Profile; null means keys in the environment, <c>AWS_PROFILE</c>, web identity, container or instance.</param>
    /// <param name="region">Region of the environment.</param>
    /// <param name="variables">Environment variables.</param>
    /// <param name="mfaCode">Gets the current code of an MFA device, by its serial number, for a profile with <c>mfa_serial</c>.</param>
    /// <exception cref="OperationException">There are no credentials.</exception>
    public static AwsAccess ToAccount(string? profile, string region, EnvironmentVariables variables, Func<string, string> mfaCode)
    {
        Uri? endpoint = variables[EndpointVariable] is { } url ? new Uri(url) : null;
        const string HowToSignIn = "sign in (aws sso login --profile NAME) and pass --profile NAME, or set AWS_PROFILE";
        string? named = profile ?? variables["AWS_PROFILE"];
        bool keysInEnvironment = variables["AWS_ACCESS_KEY_ID"] is not null;
        try
        {
            if (!string.IsNullOrEmpty(named) && (profile is not null || !keysInEnvironment))
            {
                return new CredentialProfileStoreChain().TryGetAWSCredentials(named, out AWSCredentials found)
                    ? new AwsAccess(WithMfa(found, mfaCode), region, $"profile {named}", endpoint: null, endpoint)
                    : throw new OperationException(
                        ExitCode.WrongAccount, $"AWS profile {named} is not in ~/.aws/config or ~/.aws/credentials", HowToSignIn);
            }

            AWSCredentials usual = DefaultAWSCredentialsIdentityResolver.GetCredentials();
            return new AwsAccess(
                usual, region, keysInEnvironment ? "the access key in the environment" : "the default credential chain", endpoint: null,
                endpoint);
        }
        catch (AmazonClientException e)
        {
            // The SDK's message lists every provider that it tried; it goes to the log.
            throw new OperationException(ExitCode.WrongAccount, "no AWS credentials were found", HowToSignIn, e);
        }
    }

    public AmazonSecurityTokenServiceClient SecurityTokenService() => new(_credentials, Configure(new AmazonSecurityTokenServiceConfig()));

    /// <param name="timeout">Timeout of a request; null means the default, which is for small requests.</param>
    /// <param name="region">Region of the buckets; null means the environment's.</param>
    public AmazonS3Client S3(TimeSpan? timeout = null, string? region = null)
    {
        AmazonS3Config config = Configure(new AmazonS3Config { ForcePathStyle = Endpoint is not null }, region);
        config.Timeout = timeout ?? config.Timeout;
        return new AmazonS3Client(_credentials, config);
    }

    public AmazonDynamoDBClient DynamoDb() => new(_credentials, Configure(new AmazonDynamoDBConfig()));

    /// <summary>A client for a service without an SDK client here, by the name in its endpoint: <c>ecs</c>.</summary>
    /// <param name="service">Service.</param>
    /// <param name="region">Region; null means the environment's.</param>
    public AwsApi Api(string service, string? region = null) =>
        new(AwsService.Of(service), region ?? Region, _credentials, _endpointOfServices);

    private static AWSCredentials WithMfa(AWSCredentials credentials, Func<string, string> mfaCode)
    {
        if (credentials is AssumeRoleAWSCredentials { Options.MfaSerialNumber: { Length: > 0 } serial } role)
            role.Options.MfaTokenCodeCallback = () => mfaCode(serial);
        return credentials;
    }

    private T Configure<T>(T config, string? region = null)
        where T : ClientConfig
    {
        config.MaxErrorRetry = 2;
        config.Timeout = TimeSpan.FromSeconds(20);
        if (Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region ?? Region);
        }
        else
        {
            config.ServiceURL = Endpoint.ToString();
            config.AuthenticationRegion = region ?? Region;
        }

        return config;
    }
}
