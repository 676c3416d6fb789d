using Infra.Operations.Processes;

namespace Infra.Operations.Terraform;

/// <summary>Decides which environment variables Terraform gets.</summary>
internal static class TerraformSetup
{
    private static readonly string[] AwsKeys =
        ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN",
            "AWS_WEB_IDENTITY_TOKEN_FILE"];

    // The first three: access key ID, secret access key, session token.
    private const int Credentials = 3;

    // Go's garbage collection target, for Terraform and the provider: percentage by which the heap grows before a collection; default 100.
    private const string GarbageCollection = "GOGC";

    /// <summary>The mirror in use here; null if there is none.</summary>
    public static string? Mirror(ProviderLock provider, EnvironmentVariables variables) => ProviderMirror.Find(
        provider,
        variables[ProviderMirror.Variable],
        ProviderMirror.UsualRoots(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)));

    /// <summary>Variables of every run of Terraform, in addition to the user's.</summary>
    /// <param name="cliConfiguration">CLI configuration file.</param>
    /// <param name="emulator">Endpoint of the emulator; null for AWS.</param>
    /// <param name="profile">AWS profile, if one was given.</param>
    /// <param name="present">Names of the variables that are set.</param>
    /// <param name="keepCredentials">Whether the credentials in the environment are the emulator's own, of a role.</param>
    public static Dictionary<string, string?> Variables(
        string cliConfiguration, Uri? emulator, string? profile, IEnumerable<string> present, bool keepCredentials = false)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [CliConfiguration.Variable] = cliConfiguration,
            ["TF_IN_AUTOMATION"] = "1",
            ["TF_INPUT"] = "0",
            ["CHECKPOINT_DISABLE"] = "1",
            // A workspace or data folder set by the user would lead to another state.
            ["TF_DATA_DIR"] = null,
            ["TF_WORKSPACE"] = null,
        };
        // A run is short, and a fifth of its processor time was used for garbage collection of the provider's schema.
        if (!present.Contains(GarbageCollection))
            variables[GarbageCollection] = "400";
        if (emulator is not null || profile is not null)
        {
            foreach (string key in AwsKeys.Skip(keepCredentials ? Credentials : 0))
                variables[key] = null;
        }

        // Endpoints in environment variables take precedence over the emulator's profile.
        if (emulator is not null)
        {
            // S3 Control adds the account before the host, which cannot be resolved: 111111111111.127.0.0.1. Go's client uses no proxy for
            // 127.0.0.1 itself, and only the emulator is used without TLS.
            foreach (string name in new[] { "HTTP_PROXY", "http_proxy" })
                variables[name] = emulator.OriginalString;
            foreach (string name in new[] { "NO_PROXY", "no_proxy" })
                variables[name] = null;
            foreach (string name in present.Where(name => name.StartsWith("AWS_ENDPOINT_URL", StringComparison.Ordinal)))
                variables[name] = null;
        }
        else if (profile is not null)
        {
            variables["AWS_PROFILE"] = profile;
        }

        return variables;
    }
}
