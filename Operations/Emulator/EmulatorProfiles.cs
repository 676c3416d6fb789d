using Infra.Contracts;
using Infra.Operations.Workspace;

namespace Infra.Operations.Emulator;

/// <summary>
/// Writes the shared AWS configuration files with which Terraform uses the emulator. The JSON refers to profile and files instead of
/// environment variables, so that Terraform and cdktf can be run manually without any, and the port can change between runs.
/// </summary>
internal static class EmulatorProfiles
{
    private const string Name = "emulator";

    /// <summary>Location of the profile of an account, whether it exists or not.</summary>
    /// <param name="checkout">Checkout with the work folder.</param>
    /// <param name="account">Account ID.</param>
    /// <param name="session">Credentials of a role; null means the account's administrator.</param>
    /// <param name="isProtected">Whether resources are protected as on AWS.</param>
    public static EmulatorProfile Of(Checkout checkout, string account, EmulatorSession? session = null, bool isProtected = false)
    {
        string folder = Path.Combine(checkout.Emulator, "profiles", session is null ? account : $"{account}-session");
        return new EmulatorProfile(Name, Path.Combine(folder, "config"), Path.Combine(folder, "credentials"), isProtected);
    }

    /// <summary>Writes the profile with the current port of the emulator.</summary>
    public static EmulatorProfile Write(Checkout checkout, string account, string region, Uri url, EmulatorSession? session = null)
    {
        EmulatorProfile profile = Of(checkout, account, session);
        Directory.CreateDirectory(Path.GetDirectoryName(profile.ConfigFile)!);
        WriteWhole(profile.ConfigFile, $"""
            [profile {Name}]
            region = {region}
            endpoint_url = {url.ToString().TrimEnd('/')}
            {(session is null ? "" : CredentialsOfTheEnvironment + "\n")}
            """);
        // The emulator accepts any secret access key; an account ID as the access key ID means its administrator.
        WriteWhole(profile.CredentialsFile, session is not null ? "" : $"""
            [{Name}]
            aws_access_key_id = {account}
            aws_secret_access_key = emulator

            """);
        return profile;
    }

    // A saved plan refers to these files, and is applied by another role than the one that created it: as on GitHub, the credentials come
    // from the job's environment.
    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
    private const string CredentialsOfTheEnvironment =
        """credential_process = printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s","SessionToken":"%s"}' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_SESSION_TOKEN" """;

    // Atomically, because another process may be reading it.
    private static void WriteWhole(string file, string text)
    {
        string temporary = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(temporary, text);
        File.Move(temporary, file, overwrite: true);
    }
}
