namespace Infra.Operations.Terraform;

/// <summary>The one place that decides what Terraform gets from its surroundings.</summary>
internal static class TerraformSetup
{
    private static readonly string[] AwsKeys =
        ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"];

    // The first of them: access key id, secret access key, session token.
    private const int Credentials = 3;

    // Of Go, in which Terraform and the provider are written: percent by which the heap grows until garbage is collected; 100 unless told.
    private const string GarbageCollection = "GOGC";

    /// <summary>The mirror in use here; null if there is none.</summary>
    public static string? Mirror(ProviderLock provider) => ProviderMirror.Find(
        provider,
        Environment.GetEnvironmentVariable(ProviderMirror.Variable),
        ProviderMirror.UsualRoots(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)));

    /// <summary>Variables that every run of Terraform gets, on top of the user's.</summary>
    /// <param name="cliConfiguration">CLI configuration file.</param>
    /// <param name="emulator">Where the emulator is, if it is to be reached; none for AWS.</param>
    /// <param name="profile">AWS profile, if one was asked for.</param>
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
            // The stack folders are ours; a workspace or data folder of the user's would lead to another state.
            ["TF_DATA_DIR"] = null,
            ["TF_WORKSPACE"] = null,
        };
        // A run is short, and a fifth of its processor time went into collecting garbage of the provider's schema.
        if (!present.Contains(GarbageCollection))
            variables[GarbageCollection] = "400";
        if (emulator is not null || profile is not null)
        {
            foreach (string key in AwsKeys.Skip(keepCredentials ? Credentials : 0))
                variables[key] = null;
        }

        // Endpoints in the environment win over the profile that leads to the emulator.
        if (emulator is not null)
        {
            // S3 Control puts the account before the host, which no resolver knows: 111111111111.127.0.0.1. Go's client asks no proxy for
            // 127.0.0.1 itself, and the emulator is the only one that is spoken to without TLS.
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
