using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.SecurityToken;
using Infra.Operations.Output;

namespace Infra.Operations.Aws;

/// <summary>Credentials, region and endpoint of one target: an account of AWS, or the emulator.</summary>
internal sealed class AwsAccess
{
    private readonly AWSCredentials _credentials;

    private AwsAccess(AWSCredentials credentials, string region, string source, Uri? endpoint)
    {
        _credentials = credentials;
        Endpoint = endpoint;
        Region = region;
        Source = source;
    }

    public string Region { get; }

    /// <summary>Where the credentials come from, in the user's words: <c>profile acme-dev</c>.</summary>
    public string Source { get; }

    /// <summary>Where the emulator is; none for AWS.</summary>
    public Uri? Endpoint { get; }

    /// <summary>The emulator takes the account's number as the access key's id for its administrator; the secret is not looked at.</summary>
    /// <param name="endpoint">Where it is.</param>
    /// <param name="account">Account.</param>
    /// <param name="region">Region.</param>
    /// <param name="session">Credentials of a role; none means the administrator.</param>
    public static AwsAccess ToEmulator(Uri endpoint, string account, string region, AWSCredentials? session = null) =>
        new(session ?? new BasicAWSCredentials(account, "emulator"), region, "the emulator", endpoint);

    /// <summary>A real account, by a named profile or by AWS's usual chain.</summary>
    /// <param name="profile">Profile; none means keys in the environment, <c>AWS_PROFILE</c>, web identity, container or instance.</param>
    /// <param name="region">Region of the environment.</param>
    /// <exception cref="OperationException">There are no credentials.</exception>
    public static AwsAccess ToAccount(string? profile, string region)
    {
        const string HowToSignIn = "sign in (aws sso login --profile NAME) and pass --profile NAME, or set AWS_PROFILE";
        string? named = profile ?? Environment.GetEnvironmentVariable("AWS_PROFILE");
        bool keysInEnvironment = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID"));
        try
        {
            if (!string.IsNullOrEmpty(named) && (profile is not null || !keysInEnvironment))
            {
                return new CredentialProfileStoreChain().TryGetAWSCredentials(named, out AWSCredentials found)
                    ? new AwsAccess(found, region, $"profile {named}", endpoint: null)
                    : throw new OperationException(ExitCode.WrongAccount, $"AWS profile {named} is not in ~/.aws/config or ~/.aws/credentials", HowToSignIn);
            }

            AWSCredentials usual = DefaultAWSCredentialsIdentityResolver.GetCredentials();
            return new AwsAccess(usual, region, keysInEnvironment ? "the access key in the environment" : "the default credential chain", endpoint: null);
        }
        catch (AmazonClientException e)
        {
            // The SDK lists every provider that it has tried; the log keeps that.
            throw new OperationException(ExitCode.WrongAccount, "no AWS credentials were found", HowToSignIn, e);
        }
    }

    public AmazonSecurityTokenServiceClient SecurityTokenService() => new(_credentials, Configure(new AmazonSecurityTokenServiceConfig()));

    /// <param name="timeout">Longest request; none means that of small ones.</param>
    public AmazonS3Client S3(TimeSpan? timeout = null)
    {
        AmazonS3Config config = Configure(new AmazonS3Config { ForcePathStyle = Endpoint is not null });
        config.Timeout = timeout ?? config.Timeout;
        return new AmazonS3Client(_credentials, config);
    }

    public AmazonDynamoDBClient DynamoDb() => new(_credentials, Configure(new AmazonDynamoDBConfig()));

    /// <summary>A service that has no client here, by the name in its endpoint: <c>ecs</c>.</summary>
    public AwsApi Api(string service) => new(AwsService.Of(service), Region, _credentials, Endpoint);

    private T Configure<T>(T config)
        where T : ClientConfig
    {
        config.MaxErrorRetry = 2;
        config.Timeout = TimeSpan.FromSeconds(20);
        if (Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        }
        else
        {
            config.ServiceURL = Endpoint.ToString();
            config.AuthenticationRegion = Region;
        }

        return config;
    }
}
